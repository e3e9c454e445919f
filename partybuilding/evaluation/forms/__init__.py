"""The forms of the evaluation."""
