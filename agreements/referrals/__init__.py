"""Plans that somebody else is about: to whom they went, with whose consent, and what came back."""
