"""Save a form while it is being written: one answer in JSON for every form that saves itself."""

from typing import Any, Protocol

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import Overtaken, Refusal
from partybuilding.projects.models import Project


class SavingPart(Protocol):
    """A form that saves what is valid of it, and knows what the person saw."""

    seen: str

    def save(self, *, by: Any) -> Project: ...

    def is_valid(self) -> bool: ...

    def sentences(self) -> list[str]: ...


def autosave_answer(part: SavingPart, user: Any) -> HttpResponse:
    """Save what is valid, and say until when it is saved or what keeps it from being."""
    try:
        saved = part.save(by=user)
    except Overtaken as refusal:
        words = _("%(why)s Press “save” to hold both versions against each other.")
        return JsonResponse({"message": words % {"why": refusal}}, status=409)
    except Refusal as refusal:
        words = _("%(why)s Copy what you have written before you leave the page.")
        return JsonResponse({"message": words % {"why": refusal}}, status=409)
    if not part.is_valid():
        words = _("Not everything is saved. %(errors)s")
        return JsonResponse({"message": words % {"errors": " ".join(part.sentences())}}, status=422)
    at = timezone.localtime(saved.updated_at).isoformat()
    return JsonResponse({"saved_at": at, "values": {"seen": part.seen}})
