"""The parts of taking an article out of its page."""
