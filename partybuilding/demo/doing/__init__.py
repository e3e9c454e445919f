"""What each room does in the demonstration between the promises and the grades, and what waits today."""
