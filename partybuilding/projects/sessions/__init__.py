"""Decision sessions: opened, noted project by project, closed, with their papers."""
