"""Taking over a task of the municipality (uitdaagrecht): task, budget, plan, result and contact."""
