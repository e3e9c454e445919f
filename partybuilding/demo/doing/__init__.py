"""What happens in the demonstration after publication, room by room."""
