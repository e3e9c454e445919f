"""Keeping promises: steps reported done with evidence, questions on reports, changes of commitments."""
