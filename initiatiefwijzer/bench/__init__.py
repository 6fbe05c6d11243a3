"""A large, made-up town, and pages with nothing around them, to measure the real ones against."""
