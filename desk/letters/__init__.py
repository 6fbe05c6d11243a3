"""A letter to a selection: to the initiators of many plans, or to many partners."""
