"""The first days of a district: what it sets, in order, told from what is there and never ticked by hand."""
