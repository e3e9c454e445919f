"""Sign in with a login name in whatever case."""

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from partybuilding.organizations.security import person_named


class AnyCaseBackend(ModelBackend):
    """Let in by a name that is written otherwise than it is kept; Django's own backend does the rest."""

    def authenticate(
        self,
        request: HttpRequest | None,
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> Any:
        """Return the person, if the password is theirs.

        Raises:
            PermissionDenied: it is not; asking the next backend too would take twice as long as for
                a name of nobody, and so tell that there is such a name.
        """
        person = person_named(username) if username else None
        if person is None or person.get_username() == username:
            return None
        known = super().authenticate(request, person.get_username(), password, **kwargs)
        if known is None:
            raise PermissionDenied
        return known
