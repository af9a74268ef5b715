"""The first picture: what the app will show first, painted before Textual is there to show it."""
