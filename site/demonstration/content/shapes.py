"""The shapes of the demonstration's invented texts: plain data, no Django.

References between records are short ASCII keys. Dates inside a year are written as "MM-DD", so that
the one who plays the content decides the year; other dates are ISO 8601. Texts may hold names in
braces, such as {approved}: figures that are read from the rows when the text is published.
"""

from collections.abc import Mapping
from dataclasses import dataclass

INVENTED = "示例"
REPORTED = "公开报道"
SOURCE_NOTES: Mapping[str, str] = {
    INVENTED: "示例：项目内容和人物均为虚构。",
    REPORTED: "项目名称和主要数字取自公开报道，其余内容和人物均为示例。",
}
#: What the end of a news item says of its truth, by the content's source.
NEWS_NOTES: Mapping[str, str] = {
    INVENTED: "示例：统计数字按演示数据计算，文中情节和人物均为虚构。",
    REPORTED: "示例：名称和主要数字取自公开报道，文中情节和人物均为虚构。",
}


@dataclass(frozen=True, slots=True)
class Person:
    """An invented person: a name and the post that is shown beside it."""

    name: str
    post: str


@dataclass(frozen=True, slots=True)
class Organization:
    """A Party organisation; a reporting unit is one whose `unit` is empty."""

    key: str
    name: str
    kind: str
    sector: str
    unit: str
    secretary: Person


@dataclass(frozen=True, slots=True)
class Township:
    """A unit that is a township or street: its name as residents say it, its row and column on the map."""

    unit: str
    name: str
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class Placed:
    """An organisation that works in a township without reporting through it."""

    key: str
    township: str


@dataclass(frozen=True, slots=True)
class Organizations:
    """The reporting units, the grassroots organisations under them, and where residents find them."""

    units: tuple[Organization, ...]
    grassroots: tuple[Organization, ...]
    townships: tuple[Township, ...]
    placed: tuple[Placed, ...]


@dataclass(frozen=True, slots=True)
class PlanStep:
    """One step of a plan: until when ("MM-DD"), what, to which goal, and who answers for it.

    `short` names the promise that it becomes, where its goal does not read alone.
    """

    deadline: str
    task: str
    goal: str
    post: str
    name: str
    short: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReturnedOnce:
    """A return for changes: by whom, the remark on each section, and what was mended afterwards."""

    by: str
    remarks: Mapping[str, str]
    mended: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Application:
    """The text of one application form; an unfinished draft leaves fields empty."""

    key: str
    lead: str
    partners: tuple[str, ...] = ()
    sector: str
    topic: str
    title: str
    problem: str = ""
    distinctiveness: str = ""
    highlights: str = ""
    overview: str = ""
    plan: tuple[PlanStep, ...] = ()
    source: str = INVENTED


@dataclass(frozen=True, slots=True, kw_only=True)
class FinishedApplication(Application):
    """An application of 2022 with its end.

    `outcome` is approved, declined or withdrawn. `strength` ranks the approved from 1 (best);
    `declined_by` is unit, when it was the unit that did not recommend it, or department; `grounds`
    are codes; `reason` is the sentence told to the applicant, or the applicant's own when withdrawing.
    """

    outcome: str
    strength: int | None = None
    declined_by: str = ""
    grounds: tuple[str, ...] = ()
    reason: str = ""
    returned_once: ReturnedOnce | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CurrentApplication(Application):
    """An application of the cycle that is open today, with the state it is to be brought to.

    `reach` and `needs` answer what this year alone asks: how many residents gain by it, and which
    departments of the district it cannot do without.
    """

    state: str
    reach: int = 0
    needs: str = ""
    returned: ReturnedOnce | None = None
    declined_by: str = ""
    grounds: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AdoptedApplication(Application):
    """An application that learns from the case of another organisation; `adopts` is the key of its project."""

    adopts: str


@dataclass(frozen=True, slots=True)
class PageText:
    """What residents read about an approved project: an introduction and one line for lists."""

    introduction: str
    summary: str


@dataclass(frozen=True, slots=True)
class Leader:
    """A leader of a competent department who can be put in charge of projects of these sectors."""

    person: Person
    sectors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ExpertGroup:
    """An expert group, the sectors it visits and its members, the first of whom leads it."""

    key: str
    name: str
    sectors: tuple[str, ...]
    members: tuple[Person, ...]


@dataclass(frozen=True, slots=True)
class UnitReviewer:
    """The person who makes the first review for one reporting unit."""

    unit: str
    person: Person


@dataclass(frozen=True, slots=True)
class People:
    """Who leads, reviews, judges and publishes; `work_teams` are those of the approved by application."""

    leaders: tuple[Leader, ...]
    liaison_officers: tuple[Person, ...]
    department_officers: tuple[Person, ...]
    task_force: tuple[Person, ...]
    editors: tuple[Person, ...]
    publishers: tuple[Person, ...]
    spare_work_teams: tuple[str, ...]
    unit_reviewers: tuple[UnitReviewer, ...]
    expert_groups: tuple[ExpertGroup, ...]
    work_teams: dict[str, str]


@dataclass(frozen=True, slots=True)
class Topic:
    """A guidance topic (选题) by its code and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class TopicGuidance:
    """What a topic asks of the organisations of one sector."""

    sector: str
    topic: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Criterion:
    """A criterion of the initial rating with its highest number of points."""

    code: str
    name: str
    max_points: int
    description: str


@dataclass(frozen=True, slots=True)
class GradeClass:
    """A grade class: how many projects it takes, and the bonus points and yuan each receives."""

    code: str
    name: str
    quota: int
    bonus_points: str
    award_yuan: int


@dataclass(frozen=True, slots=True)
class ReviewComponent:
    """A part of the year-end review with its weight in per cent."""

    code: str
    name: str
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CycleRules:
    """A programme year as data; every bonus is a decimal in a string."""

    year: int
    name: str
    window_opens: str
    window_closes: str
    peer_review: tuple[str, str]
    year_end_review: tuple[str, str]
    approval_quota: int
    criteria: tuple[Criterion, ...]
    grades: tuple[GradeClass, ...]
    components: tuple[ReviewComponent, ...]
    topics: tuple[Topic, ...]
    guidance: tuple[TopicGuidance, ...]
