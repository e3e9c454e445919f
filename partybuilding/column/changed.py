"""When what residents read of a project last changed: its text, its promises, what became of them."""

from collections.abc import Mapping
from typing import Any

from django.db.models import Case, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce, Greatest

from partybuilding.opinions.models import Opinion
from partybuilding.progress.models import CommitmentChange, StepQuestion, StepReport
from partybuilding.progress.states import QuestionState
from partybuilding.projects.states import PROMISED
from partybuilding.supervision.models import Rectification, Visit
from partybuilding.supervision.notices.models import FeedbackNotice


def changed_at() -> Greatest:
    """Return the moment of the last public change as an expression over project pages."""
    published = F("last_published_at")
    seen = Case(When(project__state__in=PROMISED, then=F("project__state_since")))
    return Greatest(published, *(Coalesce(one, published) for one in (seen, *_newest())))


def _newest() -> list[Subquery]:
    project = OuterRef("project")
    reports = StepReport.objects.filter(step__commitment__project=project)
    taken_back = StepQuestion.objects.filter(project=project, state=QuestionState.UPHELD)
    return [
        _last(reports, "reported_at"),
        _last(taken_back, "state_since"),
        _last(CommitmentChange.objects.applied().filter(project=project), "state_since"),
        _last(Visit.objects.filter(activity__project=project), "recorded_at"),
        _last(Rectification.objects.filter(project=project), "state_since"),
        _last(FeedbackNotice.objects.readable().filter(project=project), "state_since"),
        _last(Opinion.objects.published().filter(project=project), "published_at"),
    ]


def _last(rows: QuerySet, moment: str) -> Subquery:
    return Subquery(rows.order_by(f"-{moment}").values(moment)[:1])


def read_last_change() -> Mapping[str, Any]:
    """Return what a project's page reads along of it (`ProjectPage.changed_at`)."""
    return {"last_change": changed_at()}
