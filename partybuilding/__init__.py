"""The yearly programme of grassroots Party-building innovation projects, as one Django app."""

#: As in pyproject.toml and at the top of CHANGELOG.md; a test compares.
__version__ = "0.1.0"
