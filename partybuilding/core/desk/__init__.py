"""What waits for whom, and by when: the first screen, the inbox, the deadlines."""
