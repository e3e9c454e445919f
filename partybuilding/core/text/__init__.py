"""What people type: which characters, which words, and no number of a person."""
