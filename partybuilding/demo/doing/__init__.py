"""The year after publication, room by room: what each brings to the demonstration."""
