"""Count for the boards: pipeline, overdue by holder, the oldest that wait, load of the reviewers."""
