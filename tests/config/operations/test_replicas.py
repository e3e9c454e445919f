"""Settings of replicas, and what their probe says of each."""

from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from config.environment import database_from_url, replicas_from_urls
from config.operations.probes import Level, replicas
from config.operations.probes.replicas import FAR, Replica

PRIMARY = database_from_url("postgres://party@10.0.0.1/party")


def test_replicas_are_named_in_order_and_take_no_writes() -> None:
    urls = ["postgres://party@10.0.0.2/party", "postgres://party@10.0.0.3/party"]
    found = replicas_from_urls(urls, PRIMARY)
    assert [(alias, one["HOST"]) for alias, one in found.items()] == [
        ("replica1", "10.0.0.2"),
        ("replica2", "10.0.0.3"),
    ]
    for one in found.values():
        assert one["OPTIONS"]["options"].endswith("-c default_transaction_read_only=on")
    assert "read_only" not in PRIMARY["OPTIONS"]["options"]


@pytest.mark.parametrize(
    ("url", "primary"),
    [("sqlite:///a", PRIMARY), ("postgres://a/b", database_from_url("sqlite:///a"))],
)
def test_only_postgresql_has_replicas(url: str, primary: dict[str, Any]) -> None:
    with pytest.raises(ImproperlyConfigured):
        replicas_from_urls([url], primary)


@pytest.mark.parametrize(
    ("one", "level", "said"),
    [
        (Replica("replica1", True, True, 0.0), Level.OK, "0.0"),
        (Replica("replica1", True, True, FAR), Level.OK, f"{FAR:.1f}"),
        (Replica("replica1", True, True, FAR + 1), Level.WARNING, "31"),
        (Replica("replica1", True, True, None), Level.WARNING, "replica1"),
        (Replica("replica1", True, False, 0.0), Level.WARNING, "replica1"),
        (Replica("replica1", False), Level.WARNING, "replica1"),
    ],
)
@pytest.mark.django_db
def test_a_replica_that_is_away_or_behind_is_looked_at(
    one: Replica, level: Level, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replicas, "replicas", lambda: [one])
    found = replicas.reading()
    assert found.level is level
    assert said in found.said


@pytest.mark.django_db
def test_metrics_tell_how_far_each_replica_is_behind(
    client: Client, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    from config.operations import monitor

    settings.METRICS = True
    known = [Replica("replica1", True, True, 1.5), Replica("replica2", False)]
    monkeypatch.setattr(monitor, "replicas", lambda: known)
    lines = client.get("/metrics").content.decode().splitlines()
    assert 'partybuilding_replica_behind_seconds{replica="replica1"} 1.500' in lines
    assert 'partybuilding_replica_behind_seconds{replica="replica2"} NaN' in lines
