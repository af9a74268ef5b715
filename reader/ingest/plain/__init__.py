"""The parts of reading a plain-text listing."""
