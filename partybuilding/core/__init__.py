"""The kernel: the record base, the one door, the trail, notices and the machines' tables."""
