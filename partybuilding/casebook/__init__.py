"""The case book (案例集): a year's cases in the editors' order, built into editions for screen, press and Word."""
