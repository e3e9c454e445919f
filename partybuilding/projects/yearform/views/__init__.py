"""The staff screens of a year's form."""
