"""The tests, in folders that mirror `reader`; what they compile to is kept, also under PYTHONDONTWRITEBYTECODE."""

import sys

# pytest rewrites every assertion: without the files it keeps, three processes do so anew in each run, 8 seconds each.
sys.dont_write_bytecode = False
