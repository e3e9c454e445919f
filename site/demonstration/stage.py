"""The stage of the demonstration: when things happen, in which order, and how far it has come."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

import time_machine
from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from tqdm import tqdm
from wagtail.signal_handlers import disable_reference_index_auto_update

from partybuilding.core.calendar import add_working_days, is_working_day

#: From when to when something is done in an office.
OPENS, CLOSES = 9, 17


@contextmanager
def at(moment: datetime) -> Any:
    """Let everything inside happen at a moment."""
    with time_machine.travel(moment, tick=False):
        yield


def moment(day: date, *, hour: int = 9, minute: int = 0) -> datetime:
    """Return a moment of a day in the site's time zone."""
    return timezone.make_aware(datetime.combine(day, time(hour % 24, minute % 60)))


def work_day(day: date, place: int = 0) -> datetime:
    """Return a believable moment of office hours on the first working day from a day on."""
    found = add_working_days(day, 0)
    return moment(found, hour=OPENS + place % 8, minute=(place * 17) % 60)


def office_time(now: datetime) -> datetime:
    """Return the last moment up to an hour and a half before now at which offices worked."""
    latest = timezone.localtime(now) - timedelta(minutes=90)
    day = latest.date()
    if is_working_day(day) and OPENS <= latest.hour < CLOSES:
        return latest
    before = day if latest.hour >= CLOSES else days(day, -1)
    return moment(last_working_day(before), hour=CLOSES - 1)


def last_working_day(day: date) -> date:
    """Return the day itself if offices work on it, otherwise the last one before it."""
    while not is_working_day(day):
        day -= timedelta(days=1)
    return day


def days(start: date, count: int) -> date:
    """Return the day so many calendar days later."""
    return start + timedelta(days=count)


def later(before: datetime, count: int, place: int = 0) -> datetime:
    """Return a moment of office hours at least so many calendar days after another moment."""
    return work_day(days(timezone.localdate(before), count), place)


@dataclass(order=True)
class Event:
    """Something that happens at a moment; those of the same moment keep the order they came in."""

    when: datetime
    place: int
    happen: Callable[[], Any] = field(compare=False)


class Story:
    """Events gathered in any order and played in the order of time."""

    def __init__(self) -> None:
        self._events: list[Event] = []

    def add(self, when: datetime, happen: Callable[[], Any]) -> None:
        """Let something happen at a moment."""
        self._events.append(Event(when, len(self._events), happen))

    def play(self, title: str, *, quiet: bool = False) -> None:
        """Play what has been gathered, in one transaction a hundred events, with a progress bar."""
        events = sorted(self._events)
        self._events = []
        with tqdm(
            total=len(events), desc=title, unit="步", disable=True if quiet else None, ascii=" █"
        ) as bar:
            for chunk in _chunks(events, 100):
                with transaction.atomic():
                    for event in chunk:
                        with at(event.when):
                            event.happen()
                        bar.update()


def _chunks(events: list[Event], size: int) -> Iterable[list[Event]]:
    return (events[start : start + size] for start in range(0, len(events), size))


@contextmanager
def indexed_at_the_end() -> Iterator[None]:
    """Let search and index of references wait while something is played, and then read everything."""
    engines: Iterable[dict[str, Any]] = settings.WAGTAILSEARCH_BACKENDS.values()
    before = [engine.get("AUTO_UPDATE", True) for engine in engines]
    for engine in engines:
        engine["AUTO_UPDATE"] = False
    try:
        with disable_reference_index_auto_update():
            yield
    finally:
        for engine, updates in zip(engines, before, strict=True):
            engine["AUTO_UPDATE"] = updates
    call_command("update_index", verbosity=0)
    call_command("rebuild_references_index", verbosity=0)
