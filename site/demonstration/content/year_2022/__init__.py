"""The applications of 2022, one module a sector; `projects_2022` joins them."""
