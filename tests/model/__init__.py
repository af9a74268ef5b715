"""Tests of reader's model."""
