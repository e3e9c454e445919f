"""What whoever runs the site needs: backups, probes, the first steps, the server."""
