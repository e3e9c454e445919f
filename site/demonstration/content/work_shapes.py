"""The shapes of what people write while the years run: reviews, changes, findings, letters; no Django."""

from dataclasses import dataclass

from demonstration.content.shapes import Person


@dataclass(frozen=True, slots=True)
class Reviews:
    """Opinions that pass a first review, and findings by method, for the approved and the declined."""

    first_review_opinions: tuple[str, ...]
    findings: dict[str, tuple[str, ...]]
    findings_against: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One proposed change of a commitment.

    Args:
        key: the application.
        place: the commitment by its place, from 0.
        part: deadline, goal, person or title (of its step).
        proposed, decided: days as "MM-DD".
        new: the new text, the new day as "MM-DD", or the name of the new person.
        post: the post of the new person.
        refused: why it was not approved; empty when it was.
        withdrawn: whether the applicant took it back.
    """

    key: str
    place: int
    part: str
    proposed: str
    decided: str
    new: str
    reason: str
    post: str = ""
    refused: str = ""
    withdrawn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question on the report of a commitment's step.

    Args:
        key: the application; empty for a project of today.
        side: who asks, "unit" or "taskforce".
        added: what the answer adds to the evidence; may be empty.
        outcome: the words of the judgement.
        again: what is reported after the completion was taken back; empty when it was accepted.
    """

    key: str = ""
    place: int
    side: str
    words: str
    answer: str
    added: str
    outcome: str
    again: str = ""


@dataclass(frozen=True, slots=True)
class Unfinished:
    """A commitment of an application, by its place, that was not finished in its year, and why."""

    key: str
    place: int
    why: str


@dataclass(frozen=True, slots=True)
class Handover:
    """One duty of the four ones of one project that passed on.

    Args:
        project: key of the application.
        duty: the code of the duty.
        recorded: the day (ISO) on which the department wrote it down.
        since: the first day (ISO) of the successor.
        person: the successor; None for the leader of the login "leader".
    """

    project: str
    duty: str
    recorded: str
    since: str
    person: Person | None = None


@dataclass(frozen=True, slots=True)
class Keeping:
    """How promises were kept in 2022.

    Those of `now` concern the small year that is judged, and the project under way in the open one.
    """

    proposed_now: str
    unfinished: tuple[Unfinished, ...]
    handovers: tuple[Handover, ...]
    asked_now: Question
    open_now: Question
    changes: tuple[Change, ...]
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class FindingText:
    """One finding, what was asked for, what was done, and what was missing at first."""

    finding: str
    requirement: str
    report: str
    missing: str = ""


@dataclass(frozen=True, slots=True)
class Supervision:
    """What supervision said and saw: `dispatched` to all by quarter, `remarks` to one project besides."""

    remarks: tuple[str, ...]
    companions: tuple[str, ...]
    seen: tuple[str, ...]
    observed: tuple[str, ...]
    good_practice: tuple[str, ...]
    findings: tuple[FindingText, ...]
    dispatched: dict[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BulletinText:
    """What the task force writes before and after the figures of a quarter."""

    quarter: int
    opening: tuple[str, ...]
    heading: str
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Bulletins:
    """The bulletins of a year, and the note at the end of each."""

    note: str
    bulletins: tuple[BulletinText, ...]


#: Question, answer, outcome.
Exchange = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class Letters:
    """What residents write, and what is answered or decided.

    `{task}` and `{goal}` are a commitment's own words, `{place}` who carries it out, `{post}` who
    answers for it, `{month}` the month in which it is due. Nobody's number stands anywhere.

    Args:
        refusals: opinion, class of refusal, words to the sender.
        transfers: why an opinion is another unit's.
        extensions: why an answer takes longer.
        sent_back: why a draft is sent back.
        current: what waits today, and where it stands (received, late, accepted, drafted).
        flood: the same advertisement, many times over.
    """

    flood: str
    transfers: tuple[str, ...]
    extensions: tuple[str, ...]
    sent_back: tuple[str, ...]
    refusals: tuple[tuple[str, str, str], ...]
    current: tuple[tuple[str, str], ...]
    general: tuple[Exchange, ...]
    anywhere: tuple[Exchange, ...]
    by_sector: dict[str, tuple[Exchange, ...]]
