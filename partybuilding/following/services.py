"""Ask, confirm, leave, and tell who follows what is new."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from partybuilding.core.pages.feeds import Entry
from partybuilding.core.pages.meta import site_address
from partybuilding.core.services.outbox import post_mail
from partybuilding.core.texts.messages import message_of
from partybuilding.following import messages
from partybuilding.following.models import UNCONFIRMED_DAYS, Following
from partybuilding.following.news import IN_A_MAIL, Scope, news_of
from partybuilding.texts.selectors import body_of, message_in_use

#: What a link in a mail is signed for.
CONFIRMING, LEAVING = "following.confirm", "following.leave"
#: Who follows a township or everything is told on this day of the week, Monday being 0.
WEEKLY_ON = 0
MISSED = timedelta(days=7, hours=12)


def is_offered() -> bool:
    """Tell whether the site sends mail at all."""
    return bool(settings.EMAIL_HOST)


def ask(address: str, scope: Scope) -> None:
    """Ask the owner of an address whether the mails are wanted; nothing is told before.

    Whoever follows already is asked nothing, so that the answer on the screen never tells who does.
    """
    with transaction.atomic():
        following, _new = Following.objects.get_or_create(
            address=address.strip().lower(),
            what=scope.what,
            defaults={"project": scope.project, "place": scope.place},
        )
        if following.confirmed_at is not None:
            return
        Following.objects.filter(pk=following.pk).update(asked_at=timezone.now())
        link = f"{site_address()}{reverse('follow_confirm', args=[token(following, CONFIRMING)])}"
        said = {
            "关注内容": scope.name,
            "确认链接": f"\n{link}\n",
            "保留天数": str(UNCONFIRMED_DAYS),
        }
        message = message_in_use(messages.CONFIRM, said)
        post_mail(following.address, message.subject, message.body)


def token(following: Following, purpose: str) -> str:
    """Return what a link in a mail carries."""
    return signing.dumps(following.pk, salt=purpose)


def following_of(sent: str, purpose: str) -> Following | None:
    """Return the following that a link in a mail is about; None for a forged, old or forgotten one."""
    age = timedelta(days=UNCONFIRMED_DAYS) if purpose == CONFIRMING else None
    try:
        pk = signing.loads(sent, salt=purpose, max_age=age)
    except signing.BadSignature:
        return None
    return Following.objects.filter(pk=pk).first()


def confirm(following: Following) -> None:
    """Begin to tell what is new from now on."""
    now = timezone.now()
    waiting = Following.objects.filter(pk=following.pk, confirmed_at=None)
    waiting.update(confirmed_at=now, told_until=now)


def leave(following: Following) -> None:
    """Forget the address for this thing, and at once."""
    following.delete()


def forget_unconfirmed() -> int:
    """Delete the addresses that nobody confirmed in time; returns how many."""
    return Following.objects.forgotten().delete()[0]


def tell_news(now: datetime) -> int:
    """Write the mails that are due: every day of a project, once a week of a place or of everything.

    What was found is read once for all who follow the same thing since the same moment; a mail and the
    mark that it was told are written together.

    Returns:
        the number of mails.
    """
    due = Following.objects.confirmed().select_related("project__cycle", "place")
    if timezone.localtime(now).weekday() != WEEKLY_ON:
        # A Monday on which the machine was off is made up for.
        due = due.filter(Q(project__isnull=False) | Q(told_until__lt=now - MISSED))
    known: dict[Any, list[Entry]] = {}
    body = body_of(messages.NEWS)
    count = 0
    for following in due.order_by("what", "told_until").iterator(chunk_size=500):
        scope = Scope(following.project, following.place)
        since = following.told_until or now
        key = (scope.what, since)
        if key not in known:
            known = {key: [one for one in news_of(scope, since) if _by(one, now)]}
        count += _tell(following, scope, known[key], now, body)
    return count


def _by(entry: Entry, now: datetime) -> bool:
    return entry.published is not None and entry.published <= now


def _tell(
    following: Following, scope: Scope, entries: list[Entry], now: datetime, body: str
) -> int:
    with transaction.atomic():
        mark = Following.objects.filter(pk=following.pk, told_until=following.told_until)
        if not mark.update(told_until=now) or not entries:
            return 0
        leaving = f"{site_address()}{reverse('follow_leave', args=[token(following, LEAVING)])}"
        rest = len(entries) - IN_A_MAIL
        said = {
            "关注内容": scope.name,
            "条数": str(len(entries)),
            "新情况": "\n\n".join(map(_one, entries[:IN_A_MAIL])) + "\n",
            "其余条数": str(rest) if rest > 0 else "",
            "网站地址": f"{site_address()}/" if rest > 0 else "",
            "退订链接": leaving,
        }
        message = message_of(messages.NEWS, body, said)
        post_mail(following.address, message.subject, message.body, leave_url=leaving)
    return 1


def _one(entry: Entry) -> str:
    assert entry.published is not None  # for the types: `news_of` keeps what has a day
    day = date_format(timezone.localtime(entry.published), "DATE_FORMAT")
    text = " ".join(entry.text.split())
    short = text if len(text) <= 120 else f"{text[:119]}…"
    lines = (f"【{day}】{entry.title}", short, f"{site_address()}{entry.href}")
    return "\n".join(filter(None, lines))
