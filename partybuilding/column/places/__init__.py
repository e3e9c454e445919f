"""The townships and streets in public: a schematic map, a page for each with its promises, and what lies near me."""
