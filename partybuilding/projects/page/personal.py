"""What of a project's record goes out with its page, word by word, each with the place where it stands."""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.projects.models import Commitment, CommitmentStep, Project
from partybuilding.projects.states import RESULTS_IN, ProjectState


def personal_texts_of(page: Any) -> Iterator[tuple[str, str]]:
    """Yield the words of the record that the page publishes: four ones, commitments, names of files."""
    project = Project.objects.get(pk=page.project_id)
    for post in project.four_ones.effective().filter(
        Q(until=None) | Q(until__gte=timezone.localdate())
    ):
        yield _("%(duty)s, name") % {"duty": post.get_duty_display()}, post.name
        yield _("%(duty)s, post") % {"duty": post.get_duty_display()}, post.post
    if project.has_promised or project.state == ProjectState.COMMITMENTS_SUBMITTED:
        commitments = project.commitments.prefetch_related("steps")
        for number, commitment in enumerate(commitments, start=1):
            yield from texts_of_commitment(commitment, number)
    if project.state in RESULTS_IN:
        yield _label(Project, "results_summary"), project.results_summary
    for file in page.files_to_read():
        yield _("Name of an attachment of the page"), file["name"]


def texts_of_commitment(commitment: Commitment, number: int) -> Iterator[tuple[str, str]]:
    """Yield the words of one commitment; a place reads like 承诺第2条 责任人."""
    told = ("explanation",) if commitment.project.state in RESULTS_IN else ()
    for name in ("goal", "person", "post", *told):
        here = {"number": number, "part": _label(Commitment, name)}
        place = _("Commitment no. %(number)s, %(part)s") % here
        yield place, getattr(commitment, name)
    for at, step in enumerate(commitment.steps.all(), start=1):
        for name in ("title", "evidence"):
            here = {"number": number, "step": at, "part": _label(CommitmentStep, name)}
            place = _("Commitment no. %(number)s, step %(step)s, %(part)s") % here
            yield place, getattr(step, name)


def _label(model: type[Model], name: str) -> str:
    return str(model._meta.get_field(name).verbose_name)
