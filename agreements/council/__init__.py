"""Questions to the council: to its clerks (griffie), on to who deals with them, and back with an answer."""
