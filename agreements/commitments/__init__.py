"""Promises, both ways: what was promised, by whom to whom and by when; how it moved and how it ended."""
