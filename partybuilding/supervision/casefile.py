"""What a project's file shows and offers of supervision."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from partybuilding.core.types import AnyUser
from partybuilding.projects.casefile.contents import (
    CaseAction,
    CaseSection,
)
from partybuilding.projects.models import Project
from partybuilding.supervision.corrections import told
from partybuilding.supervision.permissions import user_can_supervise_project
from partybuilding.supervision.selectors.files import next_to_record, supervision_of
from partybuilding.supervision.states import HELD
from partybuilding.supervision.wording import (
    activity_late_words,
    deadline_words,
    late_words,
    when_words,
)


def supervision_section(project: Project, user: AnyUser) -> Mapping[str, Any] | None:
    """Show the activities with their records, and the findings with their rectification."""
    if project.commitments_published_at is None:
        return None
    activities = supervision_of(project)
    if not activities:
        return None
    records = user_can_supervise_project(project, user)
    return {
        "rows": [
            {
                "activity": one,
                "when": when_words(one),
                "standing": one.stands(),
                "late": activity_late_words(one),
                "visit": getattr(one, "visit", None),
                "corrections": _corrections(getattr(one, "visit", None)),
                "record": records and one.done_on is None and one.kind in HELD,
            }
            for one in activities
        ],
        "findings": [
            {
                "rectification": finding,
                "row": finding.state_row,
                "deadline": deadline_words(finding),
                "late": late_words(finding.days_late()),
                "corrections": _corrections(finding),
            }
            for one in activities
            for finding in one.rectifications.all()
        ],
    }


def _corrections(recorded: Any) -> list[dict[str, Any]]:
    return list(told(recorded.corrections, to_staff=True)) if recorded else []


def supervision_ways(project: Project, user: AnyUser) -> Iterator[CaseAction]:
    """Offer to record what is to be held next."""
    if user_can_supervise_project(project, user):
        coming = next_to_record(project)
        if coming is not None:
            words = _("Record: %(kind)s") % {"kind": coming.get_kind_display()}
            yield CaseAction(words, reverse("partybuilding:visit", args=[coming.pk]), "view")


SECTION = CaseSection(
    "supervision",
    gettext_lazy("Supervision and rectification"),
    "partybuilding/supervision/section.html",
    supervision_section,
    order=135,
)
