"""The year after publication in the demonstration, room by room: each adds its acts to the story."""
