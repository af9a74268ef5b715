"""Pure values: what came, what is kept, and what a list shows. No input or output here."""
