"""The parts of looking into a web page: what it tells machines, and its repeated structure."""
