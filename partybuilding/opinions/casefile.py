"""The opinions on a project in its case file."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import pgettext_lazy

from partybuilding.opinions.desk import register_url
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.selectors import counts_of_project
from partybuilding.projects.casefile.contents import CaseSection

#: The newest ones that the case file shows.
NEWEST = 5


def opinions_of(project: Any, user: Any) -> Mapping[str, Any] | None:
    """Return the opinions on a project, as far as a user may see them; nothing when there is none."""
    seen = Opinion.objects.visible_to(user).filter(project=project)
    newest = list(seen.select_related("unit", "project").order_by("-pk")[:NEWEST])
    if not newest:
        return None
    return {
        **counts_of_project(seen),
        "opinions": newest,
        "url": f"{register_url()}?q={project.code or ''}",
    }


SECTION = CaseSection(
    "opinions",
    pgettext_lazy("menu", "Opinions of residents"),
    "partybuilding/opinions/section.html",
    opinions_of,
    order=95,
)
