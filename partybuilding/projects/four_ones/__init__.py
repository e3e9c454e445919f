"""The four ones of a project (四个一): who holds which duty from when to when."""
