"""What a project keeps of the registers as they were on the days of its steps, and who reviewed it."""

from collections.abc import Mapping
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.states import Role
from partybuilding.organizations.models import IssuingBody, Organization
from partybuilding.organizations.permissions import standing_of
from partybuilding.projects.states import TABLE, ProjectState
from partybuilding.projects.told import FREEZING, frozen_now, registers_of, told_from

#: With its applicant: papers are drafts and read today's registers.
UNFINISHED = (ProjectState.DRAFT, ProjectState.RETURNED)


class FrozenFacts(models.Model):
    """A record that freezes what its papers and decisions rest on (ADR 0036)."""

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
        if Role.UNIT in roles and unit and unit.pk in standing_of(attempt.by).ids(Role.UNIT):
            self.reviewers.add(unit)
        if attempt.step not in FREEZING:
            return {}
        issued = self._issued(attempt) if Role.DEPARTMENT in roles else {}
        kept = frozen_now(self, **issued).as_json(attempt.at)
        self.facts = {**self.facts, attempt.step: kept}
        handed_in = {"application": self.sheet.snapshot(self)} if attempt.step == "submit" else {}
        return {"facts": kept, **handed_in}

    def _issued(self, attempt: Attempt) -> dict[str, str]:
        day = timezone.localdate(attempt.at)
        body = IssuingBody.on(day)
        number = body.next_number(body.letter_code, day.year)
        return {"issuer": body.name, "head": body.head_words, "number": number}
