"""Accounts: one login name in whatever case, names that only administrators change, first passwords."""
