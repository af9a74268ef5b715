"""The parts of reading a feed."""
