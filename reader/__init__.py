"""A terminal reading app: an article list on the left, the article on the right, and your marks kept."""

__version__ = "0.1.0"
