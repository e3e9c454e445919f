"""The lists of words: where the department edits them, and how a year keeps its own."""
