"""The invented year in words: organisations, people, applications and rules as plain data."""
