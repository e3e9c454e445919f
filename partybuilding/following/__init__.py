"""Residents follow a project, a township or everything by mail."""
