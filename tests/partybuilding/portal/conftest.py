"""A cast, and browsers in which somebody is signed in."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from tests.factories import Cast, make_cast


@pytest.fixture
def cast(db: None) -> Cast:
    """Return everybody whom one project meets."""
    return make_cast()


class Reader(Client):
    """A browser that reads files to their end, as real ones do."""

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        if response.streaming:
            response.read = response.getvalue()
        return response


@pytest.fixture
def browse() -> Callable[..., Client]:
    """Return a function that gives a browser in which this user is signed in."""

    def signed_in(user: Any = None) -> Client:
        client = Reader()
        if user is not None:
            client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return signed_in
