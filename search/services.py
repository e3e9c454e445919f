"""What the search writes: facts and names of pages, and questions without an answer."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from wagtail.models import Page
from wagtail.search import index

from partybuilding.core.text.personal_data import findings
from search.folding import fold
from search.kinds import date_of, kind_of, names_of, note_of, projects_of, sector_of, year_of
from search.models import Entry, Name, Subject, Unanswered
from search.pinyin import initials, loosened, reading
from search.tokens import FIELD_LENGTH

#: Questions that are remembered, at most, and for how many days after they were last asked.
REMEMBERED = 1_000
REMEMBERED_DAYS = 180
#: A longer question tells a story, perhaps a person's.
QUESTION_LENGTH = 30
#: The same question counts once in so many seconds, and so many questions count in a minute.
ONCE_IN = 600
DIGITS = re.compile(r"\d(?:[\s-]*\d){6}")
IN_A_MINUTE = 30


def keep_pages(pages: Iterable[tuple[Any, str]]) -> None:
    """Keep what results and completion show of pages.

    Args:
        pages: pages with their whole text.
    """
    for page, text in pages:
        with transaction.atomic():
            Entry.objects.update_or_create(
                page_id=page.pk,
                defaults={
                    "kind": kind_of(page),
                    "sector": sector_of(page),
                    "year": year_of(page),
                    "date": date_of(page),
                    "note": note_of(page)[:255],
                    "text": text.replace("\x00", "")[:FIELD_LENGTH],
                },
            )
            _keep_names(page)
            _keep_subjects(page)


def _keep_names(page: Any) -> None:
    names = [name[:255] for name in names_of(page)]
    known = Name.objects.filter(page_id=page.pk)
    known.exclude(text__in=names).delete()
    new = set(names) - set(known.values_list("text", flat=True))
    Name.objects.bulk_create(
        Name(
            page_id=page.pk,
            text=text,
            folded=fold(text)[:255],
            reading=loosened(reading(text))[:1600],
            initials=loosened(initials(text))[:255],
        )
        for text in names
        if text in new
    )


def _keep_subjects(page: Any) -> None:
    told, known = projects_of(page), Subject.objects.filter(page_id=page.pk)
    kept = set(known.values_list("project", flat=True))
    if kept - told:
        known.exclude(project__in=told).delete()
    Subject.objects.bulk_create(Subject(page_id=page.pk, project=key) for key in told - kept)


def refresh_pages(keys: Sequence[int]) -> None:
    """Put pages into the index anew, with what their records say now."""
    for page in Page.objects.filter(pk__in=keys).specific():
        index.insert_or_update_object(page)


def refresh_record(model: Any, key: int) -> None:
    """Put a record that is found by itself into the index anew, or take it out when nobody may read it any more."""
    found = model.get_indexed_objects().filter(pk=key).first()
    if found is None:
        index.remove_object(model(pk=key))
    else:
        index.insert_or_update_object(found)


def remember_unanswered(q: str) -> None:
    """Remember a question that found nothing, unless it may tell of a person.

    At most one write, and none for what was asked a moment ago; a reader's page never waits for it.
    """
    text = " ".join(fold(q).split())
    if not 1 < len(text) <= QUESTION_LENGTH or _may_name_somebody(q) or not _counts(text):
        return
    today = timezone.localdate()
    asked = Unanswered.objects.filter(text=text)
    if asked.update(count=F("count") + 1, last_seen=today):
        return
    make_room()
    Unanswered.objects.bulk_create([Unanswered(text=text, last_seen=today)], ignore_conflicts=True)


def _may_name_somebody(q: str) -> bool:
    """Tell whether a question holds a person's number, or digits enough for a mistyped one."""
    return bool(findings(q) or DIGITS.search(fold(q)))


def _counts(text: str) -> bool:
    minute = f"search.unanswered.{timezone.now():%H%M}"
    cache.add(minute, 0, 120)
    name = hashlib.sha256(text.encode()).hexdigest()[:32]
    if not cache.add(f"search.unanswered.{name}", 1, ONCE_IN):
        return False
    try:
        return cache.incr(minute) <= IN_A_MINUTE
    except ValueError:  # it ran out in between, or the cache is away
        return True


def make_room() -> None:
    """Forget questions of long ago, and the rarest ones when there are too many."""
    old = timezone.localdate() - timedelta(days=REMEMBERED_DAYS)
    Unanswered.objects.filter(last_seen__lt=old).delete()
    if Unanswered.objects.count() < REMEMBERED:
        return
    rarest = Unanswered.objects.order_by("count", "last_seen").values_list("pk", flat=True)
    Unanswered.objects.filter(pk__in=list(rarest[: REMEMBERED // 10])).delete()


def settle(words: str) -> None:
    """Take questions that now have an answer from those in vain."""
    Unanswered.objects.filter(
        text__in=[" ".join(fold(words).split()), *fold(words).split()]
    ).delete()
