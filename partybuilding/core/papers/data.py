"""What the papers are made from: plain values without models or markup, and how they read on paper."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from partybuilding.core.text.characters import clean_text

LOCAL_ZONE = ZoneInfo("Asia/Shanghai")
BLANK_DATE = "　　年　　月　　日"
_DIGITS = "〇一二三四五六七八九"


def clean(text: str) -> str:
    """Return the text composed (NFC), with plain line ends, and without characters that cannot be printed."""
    return unicodedata.normalize("NFC", clean_text(text).replace("\t", " "))


def paragraphs(text: str) -> tuple[str, ...]:
    """Split a text at its line ends; indents and empty lines go, because the page indents by itself."""
    lines = (line.strip() for line in clean(text).split("\n"))
    return tuple(line for line in lines if line)


def single_line(text: str) -> str:
    """Return a short value on one line."""
    return " ".join(paragraphs(text))


def chinese_date(day: date | None) -> str:
    """Return 2022年3月5日, or the blanks to be filled in by hand."""
    if day is None:
        return BLANK_DATE
    return f"{day.year}年{day.month}月{day.day}日"


def local_date(moment: datetime | None) -> date | None:
    """Return the day of a moment in China; a moment without a time zone is taken as local already."""
    if moment is None:
        return None
    return (moment.astimezone(LOCAL_ZONE) if moment.tzinfo else moment).date()


def ordinal(number: int) -> str:
    """Return a Chinese numeral for 1 to 99, as headings use it: 一, 十, 十二, 二十."""
    tens, ones = divmod(number, 10)
    lead = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return lead + (_DIGITS[ones] if ones else "")


#: The letters that two lines of a label's cell hold.
TWO_LINES = 8


def stacked(label: str) -> str:
    """Set a long label of a cell on two lines that part at a word: 归口单位 / 初审意见, 组织部 / 立项意见.

    What is longer than two such lines, a question of a year, breaks by itself.
    """
    if not 6 <= len(label) <= TWO_LINES:
        return label
    middle = len(label) - 4 if len(label) in (7, 8) else 4
    first = label.find("与") + 1 or middle
    return f"{label[:first]}\n{label[first:]}"


@dataclass(frozen=True)
class Answer:
    """A label of the form and what was answered; a wide one has a row to itself.

    `table` is what was answered in rows, below the names of its columns, and then printed for `value`.
    """

    label: str
    value: str
    wide: bool = False
    table: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, kw_only=True)
class PlanRow:
    """One step of the plan (实施步骤)."""

    number: int
    task: str = ""
    goal: str = ""
    deadline: date | None = None
    person: str = ""
    post: str = ""


@dataclass(frozen=True, kw_only=True)
class PartnerRow:
    """One organisation that applies jointly (联合申报单位), and when it agreed to take part."""

    name: str
    agreed_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class ReviewRow:
    """What one reviewing body wrote; `stage` is the label of its cell, as in 归口单位初审意见."""

    stage: str
    verdict: str = ""
    opinion: str = ""
    organization: str = ""
    date: date | None = None


@dataclass(frozen=True, kw_only=True)
class ApplicationForm:
    """The application form (项目申报表); without `submitted_at` it is a draft.

    Args:
        answers: the short ones, title and leading organisation first.
        texts: the long ones, which may hold several paragraphs.
        stages: the reviews that it passes through; each has a cell, blank until it is given.
    """

    cycle_year: int
    answers: tuple[Answer, ...]
    texts: tuple[Answer, ...] = ()
    code: str = ""
    partners: tuple[PartnerRow, ...] = ()
    plan: tuple[PlanRow, ...] = ()
    attachments: tuple[str, ...] = ()
    submitted_at: datetime | None = None
    reviews: tuple[ReviewRow, ...] = ()
    stages: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class PromiseRow:
    """What became of a commitment: where it stands, and why it is not kept."""

    number: int
    goal: str
    standing: str
    explanation: str = ""
    deadline: date | None = None
    person: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultsReport:
    """The report of the results (项目成果报告表); without `submitted_at` it is a draft.

    Args:
        answers: the short ones, title and leading organisation first.
        texts: the long ones, the summary first.
    """

    cycle_year: int
    answers: tuple[Answer, ...]
    texts: tuple[Answer, ...]
    promises: tuple[PromiseRow, ...]
    code: str = ""
    submitted_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class DutyRow:
    """One of the four ones (四个一): who carries which duty, with the post held."""

    duty: str
    name: str = ""
    post: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultLetter:
    """The letter that tells the result (立项通知书 or 不予立项告知书).

    Args:
        text: the words it is written in; those it is delivered with when there are none.
    """

    approved: bool
    addressee: str
    partners: tuple[str, ...] = ()
    project_title: str
    cycle_year: int
    issuer: str
    date: date
    head: str = ""
    number: str = ""
    copied_to: str = ""
    project_code: str = ""
    grounds: tuple[str, ...] = ()
    reason: str = ""
    four_ones: tuple[DutyRow, ...] = ()
    text: str = ""
