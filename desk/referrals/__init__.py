"""The officer's page to refer a plan, and to see what became of it."""
