"""The public column: indexes, years, and what assembles them."""
