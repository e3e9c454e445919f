"""The news of the column: its index, its items, its feed."""
