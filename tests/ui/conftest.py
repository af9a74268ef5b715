"""The apps of these tests settle quickly."""

from tests.ui.settling import settle_quickly

settle_quickly()
