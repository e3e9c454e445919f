"""A Redis cache that is only ever a convenience: when Redis is down, the site goes on without."""

import logging
import time
from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.core.cache.backends.redis import RedisCache, RedisCacheClient
from redis.exceptions import RedisError

log = logging.getLogger("config.cache")

PAUSE_SECONDS = 10.0
# What an empty cache answers; the rest answers nothing.
_EMPTY: dict[str, Any] = {
    "add": True,
    "touch": False,
    "delete": False,
    "has_key": False,
    "get_many": {},
}


class ForgivingClient:
    """Ask Redis, and answer as an empty cache while it is down.

    After a failure Redis is left alone for a pause, so that a dead server does not cost every
    request a time-out.
    """

    def __init__(self, client: RedisCacheClient) -> None:
        self._client = client
        self._silent_until = 0.0

    def __getattr__(self, name: str) -> Callable[..., Any]:
        ask = getattr(self._client, name)

        def asked(*args: Any, **kwargs: Any) -> Any:
            if time.monotonic() >= self._silent_until:
                try:
                    return ask(*args, **kwargs)
                except RedisError as error:
                    self._silent_until = time.monotonic() + PAUSE_SECONDS
                    log.warning("The cache is down (%s); going on without.", type(error).__name__)
            return self._without(name, args)

        return asked

    def _without(self, name: str, args: tuple[Any, ...]) -> Any:
        if name == "get":
            return args[1] if len(args) > 1 else None
        if name == "incr":
            raise ValueError("An empty cache has nothing to count on.")
        return _EMPTY.get(name)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache behind a client that never raises for want of Redis."""

    _class: Any
    _servers: Any
    _options: Any

    @cached_property
    def _cache(self) -> ForgivingClient:  # type: ignore[override]
        return ForgivingClient(self._class(self._servers, **self._options))
