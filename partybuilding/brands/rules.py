"""What must hold before a brand may take a step: pure questions to the record and the attempt."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from partybuilding.core.machine.attempts import Attempt
from partybuilding.core.rules import YES, Verdict, refuse, verdict
from partybuilding.core.text.validators import NAMED, has_words
from partybuilding.projects.states import CHOSEN

if TYPE_CHECKING:
    from partybuilding.brands.models import Brand


def is_complete(brand: "Brand") -> Verdict:
    """Ask whether it has a name and grew out of an approved project."""
    projects = [origin.project for origin in brand.origins.all()]
    return verdict(
        sentence
        for lacking, sentence in (
            (not has_words(brand.name, NAMED), _("Give the brand a name.")),
            (not projects, _("Name at least one project that the brand grew from.")),
            (
                any(project.state not in CHOSEN for project in projects),
                _("A brand grows out of approved projects only."),
            ),
        )
        if lacking
    )


def page_is_live(brand: "Brand") -> Verdict:
    """Ask whether residents can read the brand's page."""
    page = getattr(brand, "page", None)
    return YES if page and page.live else refuse(_("Publish the brand's page first."))


def never_published(brand: "Brand") -> Verdict:
    """Ask whether residents have never read of it; what they have read of is revoked in public."""
    page = getattr(brand, "page", None)
    if page is None or page.first_published_at is None:
        return YES
    return refuse(_("The brand is public already; it can only be revoked, with a public reason."))


def asks_grounds(brand: "Brand", attempt: Attempt) -> Verdict:
    """Require the grounds of the nomination."""
    return YES if attempt.reason else refuse(_("Give the grounds of the nomination."))
