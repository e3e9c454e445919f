"""The year after publication, room by room: what each room adds to 2022 and to the year that is open today."""
