"""Tests of reader's ui."""
