"""The parts of reading books."""
