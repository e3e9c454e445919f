"""The words of the offices in plain ones: a line beside them where they stand, and a page of them all."""
