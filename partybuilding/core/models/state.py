"""The field that holds a record's state."""

from typing import Any

from django_fsm import FSMField


class StateField(FSMField):
    """A state that only transitions change; a migration sees the plain text of the table.

    django-fsm lets every copy of its field listen to every class that is prepared, and `migrate`
    makes them by the ten thousand: that was a third of its time.
    """

    def deconstruct(self) -> tuple[str, str, Any, dict[str, Any]]:
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.CharField", args, kwargs
