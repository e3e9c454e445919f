"""The site goes on without Redis."""

import logging

import pytest
from redis.exceptions import ConnectionError as RedisDown

from config import cache as module
from config.cache import ForgivingRedisCache

# Nothing listens on port 9, "discard".
DOWN = "redis://127.0.0.1:9/0"


@pytest.fixture
def down() -> ForgivingRedisCache:
    return ForgivingRedisCache(DOWN, {"OPTIONS": {"socket_connect_timeout": 0.5}})


def test_a_cache_that_is_down_is_an_empty_one(down: ForgivingRedisCache) -> None:
    assert down.add("key", 1) is True
    assert down.set("key", 1) is None
    assert down.get("key") is None
    assert down.get("key", "otherwise") == "otherwise"
    assert down.get_many(["a", "b"]) == {}
    assert down.set_many({"a": 1}) == []
    assert down.has_key("key") is False
    assert "key" not in down
    assert down.touch("key") is False
    assert down.delete("key") is False
    assert down.get_or_set("key", lambda: 5) == 5
    down.clear()


def test_nothing_can_be_counted_on_it(down: ForgivingRedisCache) -> None:
    with pytest.raises(ValueError, match="empty cache"):
        down.incr("key")


def test_it_is_left_alone_for_a_while_and_asked_again(
    down: ForgivingRedisCache,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    asked: list[str] = []

    class Client:
        def get(self, key: str, default: object) -> None:
            asked.append(key)
            raise RedisDown

    down._cache._client = Client()
    now = 1000.0
    monkeypatch.setattr(module.time, "monotonic", lambda: now)
    with caplog.at_level(logging.WARNING):
        down.get("a")
        down.get("a")
        now += module.PAUSE_SECONDS
        down.get("a")
    assert len(asked) == len(caplog.records) == 2


def test_a_living_redis_is_asked_and_believed(down: ForgivingRedisCache) -> None:
    class Client:
        def get(self, key: str, default: object) -> str:
            return "kept"

    down._cache._client = Client()
    assert down.get("key") == "kept"
