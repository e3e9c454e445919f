"""Open data: what the column tells, as tables that anybody can take along and reckon with."""
