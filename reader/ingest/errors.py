"""What a refusal is called."""

from __future__ import annotations


class IngestError(ValueError):
    """What came cannot be read; the message says why, for people, and follows the name of the thing."""
