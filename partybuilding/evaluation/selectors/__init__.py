"""What the evaluation reads: what a run rests on, how far scoring is, what a draw is among."""
