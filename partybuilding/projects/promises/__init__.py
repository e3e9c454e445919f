"""The promises that residents read: where they stand, in words, cards and counts."""
