"""A municipality as a folder of JSON Lines: read (importing), written (exporting), described (rows)."""
