"""Tests of reader's library."""
