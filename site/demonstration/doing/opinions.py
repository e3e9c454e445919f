"""The letterbox of the demonstration: what residents wrote in 2022, how it was answered, what waits today."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any

from django.utils import timezone

from demonstration.cases import Case
from demonstration.content import LETTERS
from demonstration.people import Company
from demonstration.stage import Story, at, days, moment, work_day
from partybuilding.core.calendar import add_working_days
from partybuilding.core.services import move
from partybuilding.cycles.models import Cycle
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.redaction import propose
from partybuilding.opinions.services import (
    appraise,
    publish_exchange,
    receive,
    set_period,
    withhold_exchange,
)
from partybuilding.organizations.models import Organization
from partybuilding.projects.models import Project

#: From when to when they are written; the last is answered before the year is archived.
FIRST, LAST = date(2022, 5, 12), date(2022, 11, 28)
#: One in so many is late, extended, passed on, sent back once, withheld.
LATE_IN, EXTENDED_IN, PASSED_IN, BACK_IN, WITHHELD_IN = 14, 23, 31, 29, 19
APPRAISED_FROM, APPRAISED_UNTIL = date(2022, 12, 14), date(2022, 12, 31)
#: How many sheets the projects get, over and over; the shares of their answers lie in `_SHARES`.
SHEETS = (14, 12, 6, 16, 11, 3, 15, 12, 18, 8)
APPRAISED = 30
_SHARES = {
    "known": ("well", "well", "heard", "well", "no", "heard", "well"),
    "kept": ("all", "all", "part", "all", "unsure", "all", "part", "all"),
    "content": ("yes", "yes", "mostly", "yes", "mostly", "unsure", "yes", "yes", "no"),
}
_ASKING = "想问一下，"
_OPENERS = ("", "您好，", "", "提个建议：", _ASKING, "", "反映一个情况：")
_CLOSERS = ("", "谢谢。", "", "", "盼回复。", "")
_nonces = count(1)


@dataclass
class Letter:
    """One opinion on its way through the demonstration."""

    text: str
    answer: str
    outcome: str
    project: int | None = None
    commitment: int | None = None
    contact: str = ""
    pk: int | None = None

    @property
    def opinion(self) -> Opinion:
        """The opinion as it stands now."""
        return Opinion.objects.get(pk=self.pk or 0)

    def send(self) -> None:
        """Put it into the letterbox."""
        project = Project.objects.get(pk=self.project) if self.project else None
        chosen = None
        if project is not None and self.commitment is not None:
            chosen = project.commitments.order_by("order", "pk")[self.commitment]
        self.pk = receive(
            text=self.text,
            contact=self.contact,
            nonce=f"demonstration-{next(_nonces)}",
            project=project,
            commitment=chosen,
        ).opinion.pk

    def take(self, step: str, by: Any, reason: str = "", **data: Any) -> None:
        """Take one step with it."""
        move(self.opinion, step, by=by, reason=reason, data=data)

    def draft(self, by: Any) -> None:
        """Draft the answer."""
        self.take("draft", by, answer=self.answer, outcome=self.outcome)

    def publish(self, by: Any) -> None:
        """Publish it with what is proposed to be masked masked."""
        opinion = self.opinion
        publish_exchange(opinion, by=by, question=propose(opinion.text).text)

    def withhold(self, by: Any) -> None:
        """Keep it unpublished."""
        withhold_exchange(self.opinion, by=by, withheld="asked" if self.contact else "repeated")


def add_to_year(story: Story, company: Company, cycle: Cycle, cases: list[Case]) -> None:
    """Add a year of opinions and the appraisal at its end to a story."""
    letters = list(_letters(cases))
    span = (LAST - FIRST).days
    for place, (case, letter) in enumerate(letters):
        sent = moment(
            days(FIRST, place * span // len(letters)), hour=7 + place % 14, minute=place * 7 % 60
        )
        _handle(story, company, letter, case, sent, place)
    _add_refusals(story, company, cases)
    _add_appraisal(story, company, cycle, cases)


def _letters(cases: list[Case]) -> Iterator[tuple[Case | None, Letter]]:
    """Write three letters on each project, in an order in which no two neighbours are alike."""
    for turn in range(3):
        for place, case in enumerate(cases):
            yield case, _letter(case, turn, place)
    for text, answer, outcome in LETTERS.general:
        yield None, Letter(text, answer, outcome)


def _letter(case: Case, turn: int, place: int) -> Letter:
    of_sector = LETTERS.by_sector[case.text.sector]
    if turn == 0:
        question, answer, outcome = of_sector[place % len(of_sector)]
    else:
        question, answer, outcome = LETTERS.anywhere[(place + 11 * turn) % len(LETTERS.anywhere)]
    at_place = (place + turn) % len(case.text.plan)
    words = _words(case, at_place)
    opener = _OPENERS[(place * 3 + turn) % len(_OPENERS)]
    if opener == _ASKING and "？" not in question:
        opener = ""
    closer = _CLOSERS[(place + turn * 2) % len(_CLOSERS)]
    on_one = "{" in question or place % 3
    return Letter(
        opener + question.format(**words) + closer,
        answer.format(**words),
        outcome,
        case.project.pk,
        at_place if on_one else None,
        f"023-7922{place:02d}{turn:02d}" if (place + turn) % 6 == 0 else "",
    )


def _words(case: Case, place: int) -> dict[str, str]:
    step = case.text.plan[place]
    return {
        "task": step.task,
        "goal": step.goal,
        "place": case.organization.name,
        "post": step.post,
        "month": str(int(step.deadline[:2])),
    }


def _after(start: datetime, working_days: int, place: int) -> datetime:
    """Return a moment of office hours so many working days later."""
    return work_day(add_working_days(timezone.localdate(start), working_days), place)


def _handle(
    story: Story,
    company: Company,
    letter: Letter,
    case: Case | None,
    sent: datetime,
    place: int,
) -> None:
    """Let one letter be taken up, answered and published, some of them on a longer way."""
    officer = company.department[place % len(company.department)]
    writer = case.reviewer if case else company.department[(place + 1) % len(company.department)]
    late, longer = place % LATE_IN == 5, place % EXTENDED_IN == 7
    story.add(sent, letter.send)
    taken_up = _after(sent, 1 + place % 2, place)
    if case is not None and place % PASSED_IN == 9:
        writer = _pass_on(story, company, letter, case, _after(sent, 1, place), place)
        taken_up = _after(sent, 2, place)
    story.add(taken_up, partial(letter.take, "accept", writer))
    if longer:
        reason = LETTERS.extensions[place % len(LETTERS.extensions)]
        story.add(_after(sent, 4, place), partial(letter.take, "prolong", writer, reason))
    drafted = 9 + place % 4 if late or longer else 3 + place % 3
    story.add(_after(sent, drafted, place), partial(letter.draft, writer))
    if place % BACK_IN == 4:
        words = LETTERS.sent_back[place % len(LETTERS.sent_back)]
        story.add(_after(sent, drafted, 7), partial(letter.take, "send_back", officer, words))
        drafted += 1
        story.add(_after(sent, drafted, 0), partial(letter.draft, writer))
    story.add(_after(sent, drafted + 1, place), partial(letter.take, "approve", officer))
    decide = letter.withhold if place % WITHHELD_IN == 3 else letter.publish
    story.add(_after(sent, drafted + 2, place), partial(decide, officer))


def _pass_on(
    story: Story, company: Company, letter: Letter, case: Case, when: datetime, place: int
) -> Any:
    """Pass a letter on to another unit, and return who reviews there."""
    keys = [key for key in company.reviewers if key != case.unit_key]
    key = keys[place % len(keys)]
    reason = LETTERS.transfers[place % len(LETTERS.transfers)]
    unit = company.organizations[key].pk
    story.add(when, partial(letter.take, "transfer", case.reviewer, reason, unit=unit))
    return company.reviewers[key]


def _add_refusals(story: Story, company: Company, cases: list[Case]) -> None:
    """Let some letters not be taken up."""
    for place, (text, refusal, words) in enumerate(LETTERS.refusals):
        case = cases[place * 6 % len(cases)]
        letter = Letter(text, "", "", case.project.pk)
        sent = moment(days(date(2022, 5, 20), place * 19), hour=20, minute=place * 5)
        story.add(sent, letter.send)
        refuse = partial(letter.take, "refuse", case.reviewer, words, refusal=refusal)
        story.add(_after(sent, 1 + place % 3, place), refuse)


def _add_appraisal(story: Story, company: Company, cycle: Cycle, cases: list[Case]) -> None:
    """Open the appraisal when the results are in, and let residents appraise some projects."""
    officer = company.department[0]
    opened = {"opens_on": APPRAISED_FROM, "closes_on": APPRAISED_UNTIL}
    story.add(moment(date(2022, 12, 13)), partial(set_period, cycle, by=officer, **opened))
    for place, case in enumerate(cases[::2][:APPRAISED]):
        when = moment(days(APPRAISED_FROM, 1 + place % 15), hour=19, minute=place)
        story.add(when, partial(_appraise, case.project.pk, SHEETS[place % len(SHEETS)], place))


def _appraise(project: int, sheets: int, place: int) -> None:
    found = Project.objects.select_related("cycle").get(pk=project)
    for number in range(sheets):
        answers = {
            name: steps[(number * 5 + place * 3) % len(steps)] for name, steps in _SHARES.items()
        }
        appraise(found, nonce=f"demonstration-sheet-{project}-{number}", answers=answers)


def add_to_now(company: Company, case: Case, published: datetime) -> None:
    """Leave something in the letterbox today: for the unit, for the department, one of it overdue."""
    writer, officer = case.reviewer, company.department[0]
    words = _words(case, 1)
    for place, (text, state) in enumerate(LETTERS.current):
        letter = Letter(
            text.format(**words),
            "您好。已安排专人负责，本周内上门说明情况，进度在公开栏更新。",
            "adopted",
            case.project.pk,
            1 if "{" in text else None,
        )
        with at(_between(published, place)):
            letter.send()
            if state in ("accepted", "drafted"):
                letter.take("accept", writer)
            if state == "drafted":
                letter.draft(writer)
    _leave_to_unit(company, officer)
    for number in range(8):
        with at(timezone.localtime() - timedelta(hours=5, minutes=-3 * number)):
            Letter(LETTERS.flood, "", "").send()


def _between(start: datetime, place: int) -> datetime:
    """Return a moment after a start, never after now."""
    return min(start + timedelta(hours=3 * place + 1), timezone.localtime() - timedelta(minutes=30))


def _leave_to_unit(company: Company, officer: Any) -> None:
    """Pass two letters on to the unit of the login "unit": one is overdue, one is new."""
    unit = Organization.objects.get(memberships__user__username="unit")
    for place, ago in enumerate((18, 1)):
        text, answer, outcome = LETTERS.general[6 - place]
        letter = Letter(text, answer, outcome)
        when = timezone.localtime() - timedelta(days=ago, minutes=40)
        with at(when):
            letter.send()
        with at(when + timedelta(minutes=20)):
            letter.take("transfer", officer, LETTERS.transfers[1], unit=unit.pk)
    text, answer, outcome = LETTERS.general[2]
    with at(timezone.localtime() - timedelta(hours=20)):
        Letter(text, answer, outcome).send()
