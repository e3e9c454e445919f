"""The request that is being answered, for code that is not handed it, and from where it comes."""

from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.module_loading import import_string

from partybuilding.conf import setting

_current: ContextVar[HttpRequest | None] = ContextVar("request", default=None)


class CurrentRequestMiddleware:
    """Keep the request at hand while it is answered; signals of models are told no request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        token = _current.set(request)
        try:
            return self.get_response(request)
        finally:
            _current.reset(token)


def current_request() -> HttpRequest | None:
    """Return the request that is being answered; None in commands."""
    return _current.get()


def remote_address(request: HttpRequest) -> str:
    """Return the address of whoever speaks to this server, for a site without proxies."""
    return request.META.get("REMOTE_ADDR", "")


def address_of(request: Any) -> str:
    """Return the address of the sender's machine, through the proxies that the site trusts."""
    return import_string(setting("CLIENT_ADDRESS"))(request)
