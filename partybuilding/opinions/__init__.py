"""The letterbox: what residents say of published commitments, and how each is answered (public.md)."""
