"""Files from outside: known by their content, stored, shown to whom."""
