"""Public notices: approved lists for public comment with a period and a way to object, and others."""
