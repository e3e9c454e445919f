"""Read the form of a year: as it is written, and as it was used."""

from partybuilding.cycles.models import Cycle
from partybuilding.projects.models import SheetDraft
from partybuilding.projects.yearform.content import start


def draft_of(cycle: Cycle) -> SheetDraft:
    """Return the form of a year; where nobody has written one, the delivered form, not saved yet."""
    found = SheetDraft.objects.filter(cycle=cycle).first()
    return found or SheetDraft(cycle=cycle, parts=start())


def version_of(cycle: Cycle) -> str | None:
    """Return the digest of the version with which a year was opened; None for the delivered form."""
    return SheetDraft.objects.filter(cycle=cycle).values_list("version", flat=True).first()
