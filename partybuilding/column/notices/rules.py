"""What a notice must hold before residents read it, and what of it never changes afterwards."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _
from wagtail.blocks import StreamValue

from partybuilding.column.notices.states import NoticeKind
from partybuilding.core.machine.wording import day_words
from partybuilding.core.text.validators import is_telephone

#: The words of a notice: as they were published, for ever. A mistake is told in a correction.
FROZEN = (
    *("title", "number", "issuer", "opens_on", "body", "attachments"),
    *("objection_office", "objection_phone", "objection_address", "objection_email"),
    "objection_form",
)


#: The longest period in calendar days, extensions included, and how long before it a notice may go out.
LONGEST_DAYS, AHEAD_DAYS = 180, 60


def problems(notice: Any, published: Any, goes_out: date, working_days: int) -> Iterator[str]:
    """Say what keeps a notice from going out on a day.

    Args:
        published: the notice as it was published before, if it was.
        working_days: how many of them a public comment lasts at least.
    """
    if not notice.issuer:
        yield _("Name the organization that issues the notice.")
    yield from faults_of_period(notice, working_days)
    yield from faults_of_objections(notice)
    if published is None:
        yield from faults_of_first_day(notice, goes_out)
    else:
        yield from faults_of_change(published, notice)


def faults_of_period(notice: Any, working_days: int) -> Iterator[str]:
    """Name what is wrong with the period: missing, half, turned round, too short."""
    opens, closes = notice.opens_on, notice.closes_on
    is_list = notice.kind == NoticeKind.APPROVED_LIST
    if not (opens or closes):
        if is_list:
            yield _("Give the period: from which day to which day the list is open to comment.")
    elif not (opens and closes):
        yield _("Give both the first and the last day of the period.")
    elif closes < opens:
        yield _("The last day of the period is before its first day.")
    elif (closes - opens).days > LONGEST_DAYS:
        yield _("A period lasts at most %(days)s days; check its first and last day.") % {
            "days": LONGEST_DAYS
        }
    elif is_list and notice.period.working_days < working_days:
        facts = {"days": notice.period.working_days, "least": working_days}
        yield _("The period has %(days)s working days; at least %(least)s are required.") % facts


def faults_of_objections(notice: Any) -> Iterator[str]:
    """Name what a reader who wants to object would not find."""
    if notice.period is None:
        return
    if not notice.objection_office:
        yield _("Say which office receives objections.")
    if not is_telephone(notice.objection_phone):
        yield _("Give the telephone of the office that receives objections.")
    if not (notice.objection_address or notice.objection_email):
        yield _("Give the address or the e-mail to which objections are written.")
    if not notice.objection_form:
        yield _("Say in which form objections are given.")


def faults_of_first_day(notice: Any, goes_out: date) -> Iterator[str]:
    """Refuse a period that begins before residents can read of it."""
    latest = goes_out + timedelta(days=AHEAD_DAYS)
    if notice.opens_on and notice.opens_on > latest:
        yield _("The period would begin only on %(opens)s; check the day.") % {
            "opens": day_words(notice.opens_on)
        }
    if notice.opens_on and notice.opens_on < goes_out:
        yield (
            _(
                "The period would begin on %(opens)s, before publication on %(day)s; move the period."
            )
            % {"opens": day_words(notice.opens_on), "day": day_words(goes_out)}
        )


def faults_of_change(published: Any, notice: Any) -> Iterator[str]:
    """Name what of a published notice was changed: only a longer period and corrections may be."""
    changed = [
        str(notice._meta.get_field(name).verbose_name)
        for name in FROZEN
        if _written(published, name) != _written(notice, name)
    ]
    if changed:
        yield (
            _(
                "Published notices keep their words (%(fields)s changed). Undo the change and say it "
                "in a correction, or start a new notice."
            )
            % {"fields": "、".join(changed)}
        )
    if published.closes_on and (notice.closes_on or date.min) < published.closes_on:
        yield _("A published period can be made longer, never shorter.")
    if not said(published) <= said(notice):
        yield _("Published corrections stay as they are; add another one.")


def said(notice: Any) -> set[str]:
    """Return what the corrections of a notice say."""
    return {correction.text for correction in notice.corrections.all()}


def _written(notice: Any, name: str) -> Any:
    """Return a field's value as it is stored; the blocks of a body without their keys."""
    value = getattr(notice, name)
    if isinstance(value, StreamValue):
        return [(block.block_type, block.get_prep_value()["value"]) for block in value]
    return value
