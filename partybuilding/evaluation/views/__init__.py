"""The staff screens of the evaluation."""
