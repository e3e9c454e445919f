"""Projects: applications, reviews, decisions, commitments, and the pages that show them."""
