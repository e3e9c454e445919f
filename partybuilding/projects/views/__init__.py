"""The staff screens of projects, one module a screen."""
