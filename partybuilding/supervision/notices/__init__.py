"""Feedback notices: what a quarter's visits found of one project, told as a numbered document."""
