"""The texts of the projects that the department may word: the letters that tell a result."""

from collections.abc import Callable

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from partybuilding.core.papers.letters import LetterOutline
from partybuilding.core.papers.result_letters import APPROVAL, REFUSAL, outline_letter
from partybuilding.core.selectors import last_entry
from partybuilding.core.texts import Wording
from partybuilding.core.types import AnyUser
from partybuilding.projects.documents import result_letter
from partybuilding.projects.models import Project
from partybuilding.texts.register import EditedText
from partybuilding.texts.samples import sample_letter


def _decided(step: str) -> Callable[[AnyUser], "QuerySet[Project]"]:
    """Return a function of a user: the projects of theirs with such a decision, the newest first."""

    def examples(user: AnyUser) -> "QuerySet[Project]":
        found = Project.objects.visible_to(user).filter(facts__has_key=step)
        return found.select_related("cycle").order_by("-cycle__year", "-code")

    return examples


def _letter(wording: Wording, step: str) -> Callable[[str, Project | None], LetterOutline]:
    def drawn(body: str, project: Project | None) -> LetterOutline:
        entry = last_entry(project, step) if project else None
        if project is None or entry is None:
            return sample_letter(wording, body)
        return outline_letter(result_letter(project, entry, text=body))

    return drawn


TEXTS = (
    EditedText(
        APPROVAL, _("Letter of approval"), _letter(APPROVAL, "approve"), _decided("approve")
    ),
    EditedText(REFUSAL, _("Letter of refusal"), _letter(REFUSAL, "decline"), _decided("decline")),
)
