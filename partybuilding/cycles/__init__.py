"""The programme year and its rules, as data."""
