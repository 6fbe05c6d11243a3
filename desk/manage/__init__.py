"""The manager's pages (`/beheer/`): everything a municipality keeps up to date, one table of nouns."""
