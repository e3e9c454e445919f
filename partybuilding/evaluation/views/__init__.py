"""The staff screens of the evaluation of a year."""
