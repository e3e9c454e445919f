"""Read supervision: figures for boards and pages, the plan, one file, the lines of a desk."""
