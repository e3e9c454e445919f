"""What residents read of supervision: rounds by quarter, findings and what became of them."""
