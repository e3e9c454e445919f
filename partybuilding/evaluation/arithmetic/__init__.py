"""The arithmetic of judging: exact, without Django, and the same on every machine (judging.md, section 1)."""
