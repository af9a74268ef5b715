"""The parts of writing HTML as Markdown."""
