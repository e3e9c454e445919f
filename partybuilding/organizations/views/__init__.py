"""The staff screens of organisations, people and expert groups."""
