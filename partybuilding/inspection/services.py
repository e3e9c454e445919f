"""What the inspection writes: the list of words, and what other sites answered."""

import re
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from concurrent.futures import TimeoutError as OutOfTime
from datetime import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, NotYours
from partybuilding.core.text.characters import clean_line
from partybuilding.core.types import AnyUser
from partybuilding.inspection import outside
from partybuilding.inspection.models import (
    BETTER_LENGTH,
    REASON_LENGTH,
    WORD_LENGTH,
    OutsideLink,
    WatchedWord,
)
from partybuilding.inspection.permissions import user_can_inspect

#: What stands between the parts of a line.
BETWEEN = re.compile(r"[\t|｜]")
LENGTHS = (WORD_LENGTH, BETTER_LENGTH, REASON_LENGTH)
#: One request tries so many at a time, and for so many seconds; the next one goes on.
AT_ONCE, SECONDS = 8, 15


def import_words(text: str, *, by: AnyUser) -> int:
    """Take over lines of word, better word and reason, all or none; return how many.

    A word that stands in the list already is written anew.

    Raises:
        NotYours: somebody else keeps the list.
        ConditionUnmet: a line cannot be read; every such line is named.
    """
    _refuse_others(by)
    rows, faults = {}, []
    for number, line in enumerate(text.splitlines(), start=1):
        parts = [clean_line(part).strip() for part in BETWEEN.split(line)]
        if not any(parts):
            continue
        if fault := _fault_of(parts):
            faults.append(_("Line %(number)s: %(fault)s") % {"number": number, "fault": fault})
        else:
            word, better, reason = [*parts, "", ""][:3]
            rows[word] = WatchedWord(word=word, better=better, reason=reason)
    if not rows and not faults:
        faults = [_("Write one word a line.")]
    if faults:
        raise ConditionUnmet(faults)
    WatchedWord.objects.bulk_create(
        rows.values(),
        update_conflicts=True,
        unique_fields=["word"],
        update_fields=["better", "reason"],
    )
    return len(rows)


def _fault_of(parts: Sequence[str]) -> str:
    if not parts[0]:
        return _("the word is missing.")
    if len(parts) > len(LENGTHS):
        return _("there are more than three parts: word | better word | reason.")
    if any(len(part) > most for part, most in zip(parts, LENGTHS, strict=False)):
        return _(
            "a part is too long: 40 characters for the word, 80 for the better one, 200 for the reason."
        )
    return ""


def try_outside(addresses: Iterable[str], since: datetime, *, by: AnyUser) -> int:
    """Try the addresses that were not tried since a moment, for a bounded time; return how many are left.

    Raises:
        NotYours: somebody else looks over the pages.
    """
    _refuse_others(by)
    wanted = list(addresses)
    OutsideLink.objects.exclude(address__in=wanted).delete()
    tried = OutsideLink.objects.filter(checked_at__gte=since).values_list("address", flat=True)
    left = sorted(set(wanted) - set(tried))
    found = _answers_of(left)
    now = timezone.now()
    with transaction.atomic():
        OutsideLink.objects.bulk_create(
            [OutsideLink(address=one, fault=said, checked_at=now) for one, said in found.items()],
            update_conflicts=True,
            unique_fields=["address"],
            update_fields=["fault", "checked_at"],
        )
    return len(left) - len(found)


def _answers_of(addresses: Iterable[str]) -> dict[str, str]:
    """Ask several at a time; what has not answered when the time is over is asked the next time."""
    found = {}
    pool = ThreadPoolExecutor(AT_ONCE)
    asked = {pool.submit(outside.fault_of, one): one for one in addresses}
    try:
        for done in as_completed(asked, timeout=SECONDS):
            found[asked[done]] = done.result()
    except OutOfTime:
        pass  # the rest is left for the next request
    finally:
        pool.shutdown(wait=False, cancel_futures=True)
    return found


def _refuse_others(by: AnyUser) -> None:
    if not user_can_inspect(by):
        raise NotYours([_("Editors and publishers look over the pages.")])
