"""What spreads from projects beyond them: the base of brands, case studies and whatever else is made of them."""
