"""The WSGI application of the programme, at the root of a host or below URL_PREFIX."""

import os
import sys
from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


def below_prefix(application: Application, prefix: str) -> Application:
    """Take the prefix off the path of every request, when the proxy in front has left it on.

    Args:
        application: the application that knows nothing of the prefix.
        prefix: `/path`, or nothing for the root.
    """
    if not prefix:
        return application

    def prefixed(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        path = environ.get("PATH_INFO", "")
        if path == prefix or path.startswith(prefix + "/"):
            environ = {**environ, "PATH_INFO": path[len(prefix) :] or "/", "SCRIPT_NAME": prefix}
        return application(environ, start_response)

    return prefixed


def with_memory() -> Application:
    """Return Django behind its memory of public answers; the plugin can be read once Django is set up."""
    django = get_wsgi_application()
    from partybuilding.core.answers.wsgi import keep_answers

    return keep_answers(django, settings.ANSWERS_MEGABYTES)


os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
try:
    application = below_prefix(with_memory(), settings.FORCE_SCRIPT_NAME or "")
except ImproperlyConfigured as error:
    sys.exit(f"Not started: {error}")
