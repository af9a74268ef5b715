"""Fuzzing of every parser and of the stores, by hand: `python -m fuzz NAME [SECONDS]`; see README.md."""
