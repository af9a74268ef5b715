"""The tests, in folders that mirror `reader`."""
