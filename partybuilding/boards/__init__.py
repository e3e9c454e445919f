"""The boards of units, the department and leaders: every number opens its list."""
