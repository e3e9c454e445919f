"""Whether public pages can be read, and how far the replicas are behind the primary."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.conf import settings
from django.db import DatabaseError, connections
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from config.operations.probes.finding import Finding, Level, Probe
from partybuilding.core.answers.replicas import first_that_answers
from partybuilding.core.answers.versions import read_total

#: Seconds behind the primary after which somebody should look.
FAR = 30.0


@dataclass(frozen=True)
class Replica:
    """How one replica is.

    Args:
        behind: seconds; None when nothing says when it heard of the primary.
        follows: whether it is a replica at all, connected to a primary.
    """

    alias: str
    answers: bool
    follows: bool = False
    behind: float | None = None


def replicas() -> Iterator[Replica]:
    """Ask each replica."""
    for alias in settings.PARTYBUILDING_REPLICAS:
        try:
            yield _asked(alias)
        except DatabaseError:
            connections[alias].close()
            yield Replica(alias, answers=False)


def _asked(alias: str) -> Replica:
    with connections[alias].cursor() as cursor:
        cursor.execute(
            """SELECT pg_is_in_recovery() AND EXISTS (SELECT 1 FROM pg_stat_wal_receiver),
                CASE WHEN pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn() THEN 0
                    ELSE EXTRACT(EPOCH FROM clock_timestamp() - pg_last_xact_replay_timestamp())::float END"""
        )
        follows, behind = cursor.fetchone()
    return Replica(alias, answers=True, follows=bool(follows), behind=behind)


def reading() -> Finding:
    """Ask whether residents can read at all, and whether each replica answers and keeps up."""
    if first_that_answers(read_total) is None:
        todo = _("Start PostgreSQL: neither the primary nor a replica answers.")
        return Finding(Level.FAULT, _("no database answers"), todo)
    found = list(replicas())
    amiss = [f"{one.alias}: {said}" for one in found if (said := _amiss(one))]
    if amiss:
        todo = _("The primary is read in its place; see docs/scale.md.")
        return Finding(Level.WARNING, "; ".join(amiss), todo)
    behind = max(one.behind or 0.0 for one in found)
    facts = {"n": len(found), "seconds": f"{behind:.1f}"}
    return Finding.ok(_("%(n)s replicas, at most %(seconds)s seconds behind") % facts)


def _amiss(one: Replica) -> str:
    if not one.answers:
        return _("does not answer")
    if not one.follows:
        return _("follows no primary")
    if one.behind is None or one.behind > FAR:
        return _("%(seconds)s seconds behind") % {"seconds": f"{one.behind or 0:.0f}"}
    return ""


def reading_probes() -> list[Probe]:
    """Return the probe where there are replicas: no server is taken out while any of them can be read."""
    if not settings.PARTYBUILDING_REPLICAS:
        return []
    return [Probe("replicas", gettext_lazy("Replicas"), reading, serves=True)]
