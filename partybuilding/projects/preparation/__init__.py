"""What the department gathers before it decides: pre-assessments, ratings, experts."""
