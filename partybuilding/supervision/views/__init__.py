"""The staff screens of supervision."""
