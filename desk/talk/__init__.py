"""The people behind a plan and the talk with them."""
