"""Make an edition from plain data, in a process of its own that knows no database."""
