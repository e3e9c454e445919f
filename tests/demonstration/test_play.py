"""The demonstration, played once: the published figures of 2022 come out of the rows."""

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.db.models import Count, Sum
from django.utils import timezone

from config.settings import base
from demonstration.play import LOGINS
from partybuilding.core.desk.lines import desk_of
from partybuilding.core.models import TransitionRecord
from partybuilding.core.selectors import faults_of_trail
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import ExpertGroup, Organization
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from partybuilding.projects.states import ProjectState

pytestmark = pytest.mark.django_db


def test_the_year_has_its_published_figures(year: Cycle) -> None:
    approved = year.projects.filter(approved_at__isnull=False)
    assert year.projects.filter(submitted_at__isnull=False).count() == 135
    assert approved.count() == 64
    assert Organization.objects.reporting_units().count() == 36
    assert year.projects.values("organization__unit").distinct().count() == 36
    assert approved.values("organization__secretary_name").distinct().count() == 64
    assert ExpertGroup.objects.count() == 6


def test_the_grades_divide_as_published_and_the_money_adds_up(year: Cycle) -> None:
    graded = year.projects.filter(grade_class__isnull=False)
    counts = dict(graded.values_list("grade_class__name").annotate(n=Count("pk")).order_by())
    assert counts == {"特等": 1, "一等": 12, "二等": 32, "三等": 19}
    assert graded.aggregate(yuan=Sum("grade_class__award_yuan"))["yuan"] == 348_000


def test_every_approved_project_of_2022_is_published(year: Cycle) -> None:
    assert ProjectPage.objects.live().filter(project__cycle=year).count() == 64


def test_all_sectors_take_part(year: Cycle) -> None:
    assert year.projects.values("sector").distinct().count() == 7
    assert year.projects.filter(approved_at__isnull=False).values("sector").distinct().count() == 7


def test_the_trail_of_everything_is_whole(year: Cycle) -> None:
    assert list(faults_of_trail()) == []


def test_nothing_happens_in_the_future(year: Cycle) -> None:
    assert not TransitionRecord.objects.filter(at__gt=timezone.now()).exists()


def test_the_open_year_has_applications_in_every_state_of_choosing(year: Cycle) -> None:
    current = Cycle.objects.latest("year")
    states = set(current.projects.values_list("state", flat=True))
    early = set(ProjectState.values[:8]) | {"declined", "withdrawn"}
    assert current.applications_open <= timezone.localdate() <= current.applications_close
    assert states == early


@pytest.mark.parametrize("login", [name for name, _role, _place in LOGINS if name != "admin"])
def test_every_login_has_work_waiting(year: Cycle, login: str) -> None:
    user = get_user_model().objects.get(username=login)
    assert user.check_password("demo")
    projects = Project.objects.waiting_for(user).count()
    assigned = Project.objects.visible_to(user).filter(assignments__isnull=False).count()
    lines = sum(line.count for line in desk_of(user))
    assert projects or lines or (login == "expert" and assigned)


def test_a_database_with_data_is_left_alone(year: Cycle) -> None:
    before = Project.objects.count()
    call_command("demo", if_empty=True)
    assert Project.objects.count() == before
    with pytest.raises(CommandError, match="empty"):
        call_command("demo")


def test_production_does_not_install_the_demonstration() -> None:
    assert "demonstration" not in base.INSTALLED_APPS


def test_the_open_year_asks_two_questions_of_its_own_and_its_applications_answer(
    year: Cycle,
) -> None:
    current = Cycle.objects.latest("year")
    handed_in = current.projects.filter(submitted_at__isnull=False)
    said = [answers_in_words(project) for project in handed_in]
    assert {"受益群众人数", "是否需要区级部门配合"} <= set.intersection(*map(set, said))
    assert all(one["受益群众人数"].endswith("人") for one in said)
    named = [one.get("需要哪些区级部门配合") for one in said]
    joint = [one["是否需要区级部门配合"] for one in said]
    assert [bool(name) for name in named] == [answer == "是" for answer in joint]
    assert len(set(joint)) == 2
    assert not year.projects.exclude(answers={}).exists()


def answers_in_words(project: Project) -> dict[str, str]:
    """Return what an application says to the year's own questions that it is asked."""
    return {str(one.label): one.words(project) for one in project.sheet.questions.values()}
