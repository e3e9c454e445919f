"""What the papers are made from: plain values without models, queries or markup."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

PROGRAMME_NAME = "基层党建创新项目"


@dataclass(frozen=True)
class Answer:
    """A label of the form and what was answered; a wide one has a row to itself."""

    label: str
    value: str
    wide: bool = False


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
    """

    cycle_year: int
    answers: tuple[Answer, ...]
    texts: tuple[Answer, ...] = ()
    programme_name: str = PROGRAMME_NAME
    code: str = ""
    partners: tuple[PartnerRow, ...] = ()
    plan: tuple[PlanRow, ...] = ()
    attachments: tuple[str, ...] = ()
    submitted_at: datetime | None = None
    reviews: tuple[ReviewRow, ...] = ()


@dataclass(frozen=True, kw_only=True)
class DutyRow:
    """One of the four ones (四个一): who carries which duty, with the post held."""

    duty: str
    name: str = ""
    post: str = ""


@dataclass(frozen=True, kw_only=True)
class ResultLetter:
    """The letter that tells the result (立项通知书 or 不予立项告知书)."""

    approved: bool
    addressee: str
    partners: tuple[str, ...] = ()
    project_title: str
    cycle_year: int
    issuer: str
    date: date
    head: str = ""
    programme_name: str = PROGRAMME_NAME
    number: str = ""
    copied_to: str = ""
    project_code: str = ""
    grounds: tuple[str, ...] = ()
    reason: str = ""
    four_ones: tuple[DutyRow, ...] = ()
