"""News that an initiative tells about itself."""
