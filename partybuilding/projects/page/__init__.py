"""What a project's public page is made of."""
