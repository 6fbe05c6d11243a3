"""Contacts that come in from a file: read, looked over, and only then stored."""
