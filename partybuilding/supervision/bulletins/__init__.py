"""The quarter's bulletin to the whole district: figures from the rows, words from the task force."""
