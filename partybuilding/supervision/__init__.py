"""Supervision on a rhythm: the calendar, visits, findings, rectification, notices (domain.md, section 2)."""
