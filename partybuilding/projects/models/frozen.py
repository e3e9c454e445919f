"""What a project keeps of the registers as they were on the days of its steps; what it computes from its rows."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.models import Record
from partybuilding.core.papers.result_letters import APPROVAL, REFUSAL
from partybuilding.core.rules import Sentence
from partybuilding.core.sheets import Sheet
from partybuilding.core.states import Role, Table, Text
from partybuilding.cycles.models import Cycle, GradeClass
from partybuilding.organizations.models import IssuingBody, Organization
from partybuilding.organizations.permissions import roles_of_user
from partybuilding.projects.models.sheets import sheet_of
from partybuilding.projects.preparation.rules import DECIDING, decided_one_by_one
from partybuilding.projects.promises.progress import Ending
from partybuilding.projects.states import (
    OVER,
    PROMISED,
    TABLE,
    Duty,
    ProjectState,
    strip_for,
    table_for,
)
from partybuilding.projects.told import FREEZING, frozen_now, registers_of, told_from
from partybuilding.projects.yearform.compose import RESULTS
from partybuilding.texts.services import version_in_use


def ending_of(state: str, since: datetime) -> Ending:
    """Return what the end of a project means for its promises.

    Args:
        since: when it came into this state.
    """
    if state not in OVER and state != ProjectState.TERMINATED:
        return Ending()
    day = timezone.localdate(since)
    return Ending(
        ended_on=day if state == ProjectState.TERMINATED else None,
        filed_on=day if state == ProjectState.ARCHIVED else None,
        is_over=state in OVER,
    )


class ComputedFacts(Record):
    """The base of the project: what follows from its fields and from what hangs on it."""

    cycle: Cycle
    commitments_published_at: Any
    four_ones: Any
    ratings: Any
    sheet_version_id: str | None
    results_version_id: str | None
    answers: dict[str, Any]

    class Meta:
        abstract = True

    @property
    def table(self) -> Table:
        """The table as it holds in the project's year."""
        return table_for(first_review=self.cycle.first_review)

    @property
    def strip(self) -> tuple[Text, ...]:
        """The words of the status strip in the project's year."""
        return strip_for(first_review=self.cycle.first_review)

    def blocked_at_desk(self, step: str) -> tuple[Sentence, ...]:
        """Say that a year which decides in sessions only has no other screen for it."""
        return decided_one_by_one(self.cycle).reasons if step in DECIDING else ()

    @cached_property
    def whole_sheet(self) -> Sheet:
        """The form that it is written on, with all that it can ask."""
        return sheet_of(self.sheet_version_id).of("")

    @cached_property
    def year_sheet(self) -> Sheet:
        """The form of the year as its results are reported on it, with what it asks for other purposes."""
        return sheet_of(self.results_version_id)

    def asked_for(self, purpose: str) -> Sheet:
        """Return what the year asks of it for another purpose than the application."""
        return self.year_sheet.shown_to(self).of(purpose)

    @property
    def sheet(self) -> Sheet:
        """What of its form is asked of it: what its answers leave out is not there."""
        return self.whole_sheet.shown_to(self)

    @property
    def texts(self) -> list[tuple[Text, str]]:
        """The long texts of the application, each with its label; those of the plan stand with its steps."""
        parts = (part for part in self.sheet.parts if not part.holds("plan"))
        return [text for part in parts for text in part.texts(self)]

    @property
    def plan_texts(self) -> list[tuple[Text, str]]:
        """The long texts above the steps of the plan."""
        return self.sheet.part_of("plan").texts(self)

    @property
    def own_facts(self) -> list[tuple[Text, str]]:
        """The short answers to the year's own questions, each with its label."""
        return self.sheet.own_facts(self)

    @property
    def results(self) -> Sheet:
        """What the year asks of its results besides the summary."""
        return self.asked_for(RESULTS)

    def _keep_answers(self) -> None:
        """Forget what was answered to questions that are not asked after all."""
        asked = self.sheet.questions.keys() | self.results.questions.keys()
        self.answers = {key: said for key, said in self.answers.items() if key in asked}

    @property
    def has_promised(self) -> bool:
        """Whether its commitments are public."""
        return self.commitments_published_at is not None and self.state in PROMISED

    @property
    def ending(self) -> Ending:
        """What its end means for its promises."""
        return ending_of(self.state, self.state_since)

    @property
    def is_over(self) -> bool:
        """Whether it was graded, so that what was not kept is left undone."""
        return self.state in OVER

    def duties_missing(self) -> list[str]:
        """Return the duties of the four ones that nobody holds today."""
        today = timezone.localdate()
        held = {post.duty for post in self.four_ones.all() if post.holds_on(today)}
        return [duty for duty in Duty.values if duty not in held]

    def quota_left(self) -> int:
        """Return how many more projects of this year may be approved within the quota."""
        projects: Any = type(self)._default_manager
        chosen = projects.filter(cycle=self.cycle).chosen()
        return self.cycle.approval_quota - chosen.exclude(state=ProjectState.TERMINATED).count()

    def places_left(self, grade: GradeClass) -> int:
        """Return how many more projects may be given this grade within its quota."""
        return grade.quota - grade.projects.exclude(pk=self.pk).count()

    def rated_points(self) -> Any:
        """Add up the initial rating, in points."""
        return sum(rating.points for rating in self.ratings.all())


#: With its applicant: papers are drafts and read today's registers.
UNFINISHED = (ProjectState.DRAFT, ProjectState.RETURNED)
#: The text in which a decision is told.
LETTERS = {"approve": APPROVAL, "decline": REFUSAL}


class FrozenFacts(models.Model):
    """A record that freezes what its papers and decisions rest on (ADR 0036)."""

    state: Any
    organization: Organization
    sheet: Sheet

    #: By step, what the registers said when it was last taken: `Told` as JSON.
    facts = models.JSONField(default=dict, editable=False)
    #: The units whose reviewers took a step with it: they keep reading it, wherever it moves.
    reviewers = models.ManyToManyField(
        Organization, verbose_name=_("reviewed by"), related_name="reviewed", editable=False
    )

    class Meta:
        abstract = True

    @property
    def told(self) -> Any:
        """The names on its papers: a draft reads the registers, afterwards those of the last step."""
        if not self.facts or self.state in UNFINISHED:
            return registers_of(self)
        return told_from(max(self.facts.values(), key=lambda kept: kept["at"]))

    def told_at(self, step: str) -> Any:
        """Return the names as they were when a step was taken; without such a step, those of its papers."""
        return told_from(self.facts[step]) if step in self.facts else self.told

    def freeze(self, attempt: Attempt) -> Mapping[str, Any]:
        """Keep the names of the day, the text handed in, and the unit whose reviewer acted."""
        roles = TABLE.step(attempt.step).sources[attempt.from_state]
        unit = self.organization.unit
        if Role.UNIT in roles and unit and unit.pk in roles_of_user(attempt.by).ids(Role.UNIT):
            self.reviewers.add(unit)
        if attempt.step not in FREEZING:
            return {}
        issued = self._issued(attempt) if Role.DEPARTMENT in roles else {}
        kept = frozen_now(self, **issued).as_json(attempt.at)
        self.facts = {**self.facts, attempt.step: kept}
        handed_in = {"application": self.sheet.snapshot(self)} if attempt.step == "submit" else {}
        return {"facts": kept, **handed_in}

    def _issued(self, attempt: Attempt) -> dict[str, Any]:
        day = timezone.localdate(attempt.at)
        body = IssuingBody.on(day)
        number = body.next_number(body.letter_code, day.year)
        wording = LETTERS.get(attempt.step)
        text = version_in_use(wording) if wording else 0
        return {"issuer": body.name, "head": body.head_words, "number": number, "text": text}
