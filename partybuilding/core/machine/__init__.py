"""What a machine is made of, and the screens on which its steps are taken."""
