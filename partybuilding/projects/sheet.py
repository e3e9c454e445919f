"""The application as it is handed in: its parts, their fields and the words that ask for them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from partybuilding.core.sheets import (
    Choice,
    Fact,
    Line,
    LongText,
    Part,
    Reference,
    Rows,
    Sheet,
    Snapshot,
    Telephone,
)
from partybuilding.core.states import Text
from partybuilding.core.text.validators import NAMED
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.rules import inside_year
from partybuilding.projects.states import SourceKind

#: Taken over from what the same organisation wrote before; and, being public, from another's case as well.
OWN = (SourceKind.CONTINUE, SourceKind.COPY)
ANY = (*OWN, SourceKind.ADOPT)
TITLE_LENGTH = 100


@dataclass(frozen=True, kw_only=True, eq=False)
class Title(Line):
    """The project's title; who learns from another's case says so in its own."""

    def carry(self, kind: str, origin: Any, record: Any) -> str:
        if kind != SourceKind.ADOPT:
            return str(super().carry(kind, origin, record))
        words = _("Learning from: %(title)s") % {"title": origin.title}
        return str(words)[:TITLE_LENGTH]


@dataclass(frozen=True, kw_only=True, eq=False)
class Applicant(Fact):
    """The leading organisation; conditions ask of what kind it is."""

    def codes(self, record: Any) -> set[str]:
        return {record.organization.kind}


@dataclass(frozen=True, kw_only=True, eq=False)
class TopicOfYear(Reference):
    """A topic of the year's guidance; of another year's the one of the same name, where there is one."""

    def carry(self, kind: str, origin: Any, record: Any) -> Any:
        topic = self.value(origin)
        alike = record.cycle.topics.filter(title=topic.title) if topic else ()
        return next((one for one in alike if one.sector in ("", origin.sector)), None)


@dataclass(frozen=True, kw_only=True, eq=False)
class Partners(Rows):
    """The organisations that apply jointly, by name; no part is begun by choosing them."""

    is_list = False

    def words(self, record: Any) -> str:
        return "、".join(record.told.partners)

    def is_begun(self, record: Any) -> bool:
        return False

    def to_snapshot(self, record: Any) -> dict[str, Any]:
        return {self.key: [partner.organization.name for partner in record.partners.all()]}


@dataclass(frozen=True, kw_only=True, eq=False)
class Plan(Rows):
    """The steps of the plan; they are complete and end inside the year."""

    def carry(self, kind: str, origin: Any, record: Any) -> list[dict[str, str]]:
        """Return what is done to which goal, without persons and days; of others' as they promised it in public."""
        if kind != SourceKind.ADOPT:
            return list(origin.plan_steps.values("task", "goal"))
        promises = origin.commitments.published().prefetch_related("steps")
        return [
            {"task": next((step.title for step in one.steps.all()), one.goal), "goal": one.goal}
            for one in promises
        ]

    def is_begun(self, record: Any) -> bool:
        return bool(record.plan_steps.all())

    def missing(self, record: Any) -> Iterator[Text]:
        yield from super().missing(record)
        for number, step in enumerate(record.plan_steps.all(), start=1):
            if not step.is_complete:
                words = _("Step %(number)s of the plan needs goal, deadline and person.")
                yield words % {"number": number}
            elif not inside_year(step.deadline, record.cycle):
                words = _("Step %(number)s of the plan ends outside the programme year.")
                yield words % {"number": number}

    def to_snapshot(self, record: Any) -> dict[str, Any]:
        steps = [
            [step.task, step.goal, str(step.deadline or ""), step.person, step.post]
            for step in record.plan_steps.all()
        ]
        return {self.key: steps}


@dataclass(frozen=True, kw_only=True, eq=False)
class Files(Rows):
    """The files attached; snapshots of former years lack what tells their content."""

    def is_begun(self, record: Any) -> bool:
        return any(file.purpose == "application" for file in record.attachments.all())

    def to_snapshot(self, record: Any) -> dict[str, Any]:
        files = list(record.attachments.filter(purpose="application"))
        contents = [file.sha256 for file in files]
        return {self.key: [file.name for file in files], "contents": contents}

    def snapshot_rows(self, snapshot: Snapshot, earlier: Snapshot) -> list[str]:
        """Name the files; one of the same name with another content says so."""
        names, before = snapshot.get(self.key) or [], earlier.get(self.key) or []
        known = dict(zip(before, earlier.get("contents") or [], strict=False))
        contents = snapshot.get("contents") or [""] * len(names)
        return [
            _("%(name)s (content replaced)") % {"name": name}
            if known.get(name, content) != content
            else name
            for name, content in zip(names, contents, strict=True)
        ]


_CONTACT = _("Name a contact person with a telephone number.")

BASICS = Part(
    "basics",
    _("Basic information"),
    (
        Title(
            key="title",
            label=pgettext_lazy("portal", "Project title"),
            help=_("Short and easy to remember; it will be published."),
            required=_("Give the project a title."),
            min_signs=NAMED,
            wide=True,
            carried=ANY,
        ),
        Applicant(
            key="organization",
            label=pgettext_lazy("portal", "Applying organization"),
            reads="told.organization",
        ),
        Fact(key="unit", label=_("reporting unit"), reads="told.unit", on_screen=False),
        Partners(key="partners", label=_("Organizations that apply jointly"), wide=True),
        Choice(
            key="sector",
            label=_("Field of the project"),
            required=_("Choose the field."),
            reads="told.sector",
            options=SECTORS,
            carried=ANY,
        ),
        TopicOfYear(
            key="topic",
            label=pgettext_lazy("portal", "Topic"),
            help=_("Choose from this year's guidance."),
            required=_("Choose a topic."),
            reads="told.topic",
            carried=ANY,
        ),
        Fact(
            key="secretary_name",
            label=_("First responsible person"),
            reads="told.secretary_name",
            on_screen=False,
        ),
        Fact(
            key="secretary_post",
            label=_("Post held"),
            reads="told.secretary_post",
            on_screen=False,
        ),
        Line(
            key="contact_name",
            label=_("Contact person"),
            required=_CONTACT,
            attrs=(("autocomplete", "name"),),
            later=True,
        ),
        Telephone(
            key="contact_phone",
            label=_("Contact telephone"),
            help=_("For reviewers only; it is not published."),
            required=_CONTACT,
            wrong=_("The contact's telephone number is not a number to call."),
            attrs=(("type", "tel"), ("autocomplete", "tel")),
            later=True,
            same_line=True,
        ),
    ),
)

PROBLEM = LongText(
    key="problem",
    label=_("Problem to solve"),
    help=_("Say how it shows, whom it touches and why it has lasted, with facts and figures."),
    required=_("Describe the problem that the project tackles."),
    carried=OWN,
)
DISTINCTIVENESS = LongText(
    key="distinctiveness",
    label=_("Distinctiveness"),
    help=_("Say what is new against earlier practice and other organizations."),
    required=_("Say what makes the project distinctive."),
    carried=OWN,
)
HIGHLIGHTS = LongText(
    key="highlights",
    label=_("Expected highlights"),
    help=_("Name results that can be checked: people reached, matters solved."),
    required=_("Say which highlights you expect."),
    carried=OWN,
)
OVERVIEW = LongText(
    key="overview",
    label=_("Overview of the plan"),
    help=_("The general idea, the stages and what secures them."),
    rows=6,
    carried=OWN,
)
STEPS = Plan(
    key="plan",
    label=_("Steps of the plan"),
    required=_("Add at least one step to the plan."),
    carried=ANY,
)
FILES = Files(key="attachments", label=_("Attachments"))

APPLICATION = Sheet(
    (
        BASICS,
        *(Part(text.key, text.label, (text,)) for text in (PROBLEM, DISTINCTIVENESS, HIGHLIGHTS)),
        Part("plan", _("Plan"), (OVERVIEW, STEPS)),
        Part("attachments", FILES.label, (FILES,)),
    )
)
