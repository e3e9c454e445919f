"""Every screen of an applicant whose project is under way: nothing for axe to find, nothing too wide."""

from typing import Any

import pytest
from django.urls import reverse

from home.tree import plant
from partybuilding.supervision.models import Rectification
from tests.factories import Cast, make_cast
from tests.factories.feedback import make_issued
from tests.factories.progress import make_change, make_kept, make_question, step_of
from tests.factories.projects import make_project
from tests.journeys.test_applicant_applies import OVERFLOW, sign_in


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    plant()
    return make_cast()


def screens(cast: Cast) -> list[str]:
    """Return the screens of a project with everything open that there may be, and of one that is over."""
    project = make_kept(cast, steps=2)
    question = make_question("open", cast, project)
    change = make_change("proposed", cast, project)
    notice = make_issued(project, cast, None, ("台账不全", "补齐台账"))
    finding = Rectification.objects.get(project=project)
    over = make_project("graded", cast)
    step = step_of(make_question("upheld", cast).project)
    part = ("deadline", "person")
    commitment = step.commitment
    return [
        reverse("portal:home"),
        *(reverse(f"portal:{n}", args=[project.pk]) for n in ("project", "progress", "results")),
        *(reverse(f"portal:{n}", args=[over.pk]) for n in ("project", "progress", "results")),
        reverse("portal:report", args=[commitment.project_id, step.pk]),
        reverse("portal:question", args=[project.pk, question.pk]),
        reverse("portal:change", args=[project.pk, change.pk]),
        *(
            reverse("portal:change_commitment", args=[commitment.project_id, commitment.pk, one])
            for one in part
        ),
        reverse("portal:supervision", args=[project.pk]),
        reverse("portal:rectification", args=[project.pk, finding.pk]),
        reverse("portal:feedback", args=[project.pk, notice.pk]),
    ]


@pytest.mark.parametrize(("width", "view"), [(320, "large"), (390, "standard"), (1280, "standard")])
def test_axe_finds_nothing_while_promises_are_kept(
    live_server: Any, open_page: Any, axe: Any, width: int, view: str, cast: Cast
) -> None:
    addresses, faults = screens(cast), {}
    page = open_page(width, 900)
    sign_in(page, live_server.url, cast["applicant"])
    for address in addresses:
        answer = page.goto(f"{live_server.url}{address}?view={view}")
        too_wide = ["too wide"] * (page.evaluate(OVERFLOW) != 0)
        faults[address] = [*axe(page), *too_wide, *([] if answer.ok else [str(answer.status)])]
    assert page.errors == []
    assert {address: found for address, found in faults.items() if found} == {}
