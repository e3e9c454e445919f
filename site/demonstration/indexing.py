"""Index the demonstration once, when all of it is there, and not every page at every step."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.management import call_command


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Let the search wait while something is played, and then read everything."""
    engines = settings.WAGTAILSEARCH_BACKENDS.values()
    before = [engine.get("AUTO_UPDATE", True) for engine in engines]
    for engine in engines:
        engine["AUTO_UPDATE"] = False
    try:
        yield
    finally:
        for engine, updates in zip(engines, before, strict=True):
            engine["AUTO_UPDATE"] = updates
    call_command("update_index", verbosity=0)
