"""The applications of the cycle that is open today; `projects_current` joins them."""
