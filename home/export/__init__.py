"""The public site as a folder of files, for a portal that hangs up what it is given."""
