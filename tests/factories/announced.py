"""A judged year whose results are open to comment or announced, with one joint project."""

from datetime import timedelta

import time_machine

from partybuilding.core.services import move
from partybuilding.core.states import Role
from partybuilding.evaluation.models import Run
from partybuilding.evaluation.services import compute
from partybuilding.projects.models import Project
from tests.factories.evaluation import Judged, judge, make_year
from tests.factories.people import make_organization, make_person
from tests.replay import replayed


@replayed
def make_noticed(projects: int = 4, groups: int = 2, experts: int = 3) -> tuple[Judged, Run]:
    """Judge a year, freeze its run and open it to comment; the first project is carried out by two."""
    year = make_year(projects, groups, experts)
    partner = make_organization()
    year.casts[0].people["partner"] = make_person(Role.APPLICANT, partner)
    join(year.projects[0], partner)
    judge(year)
    run = compute(year.cycle, by=year.department)
    run = move(run, "fix", by=year.department)
    return year, move(run, "open_comment", by=year.department)


@replayed
def make_announced(projects: int = 4, groups: int = 2, experts: int = 3) -> tuple[Judged, Run]:
    """Let the public comment pass, and announce."""
    year, run = make_noticed(projects, groups, experts)
    with time_machine.travel(run.notice_ends_on + timedelta(days=1, hours=4), tick=False):
        run = move(run, "announce", by=year.department)
    return year, Run.objects.get(pk=run.pk)


def join(project: Project, partner: object) -> None:
    """Let an organisation carry a project out together with the leading one, as if it had applied with it."""
    project.partners.create(organization=partner, consent="agreed")
    facts = {step: {**kept, "partners": [str(partner)]} for step, kept in project.facts.items()}
    Project.objects.filter(pk=project.pk).update(facts=facts)
