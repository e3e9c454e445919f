"""The screens of opinions: what residents write and read, and where staff decide."""
