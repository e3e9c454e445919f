"""The forms of the department's screens of judging, and of the day-to-day rating."""
