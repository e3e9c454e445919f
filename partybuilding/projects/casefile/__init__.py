"""The case file of a project on one screen."""
