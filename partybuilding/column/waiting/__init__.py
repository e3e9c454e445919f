"""What waits for editors and publishers, over every kind of page of the column, in one list."""
