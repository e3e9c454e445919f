"""A second proof of who somebody is, for staff: codes from an app on their own phone."""
