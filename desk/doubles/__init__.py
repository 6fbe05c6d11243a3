"""Plans that may be about the same: found for an officer, linked, or proposed to go on together."""
