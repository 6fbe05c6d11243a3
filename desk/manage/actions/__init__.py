"""What managers do to one thing, and to the municipality itself."""
