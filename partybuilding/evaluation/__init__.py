"""The evaluation of a year: what it came to, for a project and for all of them."""
