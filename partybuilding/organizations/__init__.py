"""Party organisations, reporting units, and who holds which role and post where."""
