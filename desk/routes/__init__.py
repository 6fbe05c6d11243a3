"""What kind of plan it is: an own plan, a question to the council, or a task to take over."""
