"""What the portal's templates show, in words: dates, where a project stands, what an application holds."""
