"""A look over the public pages before the quarter's inspection of government websites: what costs points."""
