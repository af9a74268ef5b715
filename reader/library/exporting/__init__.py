"""Articles written down for elsewhere."""
