"""The program as a whole, in a terminal."""
