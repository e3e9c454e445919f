"""The request that is being answered, for whatever is told none: signals, words, sentences."""

from contextvars import ContextVar

from django.http import HttpRequest

current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


def current_request() -> HttpRequest | None:
    """Return the request that is being answered; None in commands."""
    return current.get()
