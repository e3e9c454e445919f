"""Django's SQLite with a queue of those who write (docs/adr/0056-fast-in-front-fair-behind.md)."""
