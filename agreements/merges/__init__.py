"""Two plans that may become one: proposed by an officer, done only when the initiators of both say yes."""
