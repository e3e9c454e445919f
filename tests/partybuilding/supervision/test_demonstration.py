"""The demonstration's notices and bulletins, played over rows of one project."""

from types import SimpleNamespace

import pytest
import time_machine

from demonstration.doing import bulletins
from demonstration.stage import Story
from partybuilding.cycles.models import Cycle
from partybuilding.supervision.bulletins.pages import BulletinPage
from partybuilding.supervision.calendar import Quarter
from partybuilding.supervision.notices.models import FeedbackNotice
from tests.factories import make_cast, make_project, open_cycle
from tests.factories.feedback import make_activity, make_visit, set_office
from tests.factories.projects import Cast

pytestmark = pytest.mark.django_db
SPRING = Quarter(2022, 2)


@pytest.fixture
def cast() -> Cast:
    """Make everybody in the spring of 2022."""
    set_office()
    with time_machine.travel("2022-05-20 09:00+08:00", tick=False):
        return make_cast(Cycle.objects.filter(year=2022).first() or open_cycle(year=2022))


def company_of(cast: Cast) -> SimpleNamespace:
    """Return the people who play."""
    return SimpleNamespace(task_force=[cast["taskforce"]], publishers=[cast["publisher"]])


def play(cast: Cast) -> None:
    """Play what the room adds to the year."""
    story = Story()
    bulletins.add_to_year(story, company_of(cast), cast.cycle)
    story.play("督导", quiet=True)


def test_notices_go_out_at_the_quarters_end_and_the_bulletin_soon_after(cast: Cast) -> None:
    with time_machine.travel("2022-05-20 09:00+08:00", tick=False):
        visited, unvisited = (make_project("implementing", cast) for _ in range(2))
        make_visit(visited, SPRING)
        for project in (visited, unvisited):
            make_activity(project, "notice", SPRING)
    play(cast)
    notice = FeedbackNotice.objects.get()
    assert notice.project == visited
    assert notice.number == "区委组督〔2022〕1号"
    assert str(notice.issued_on) == "2022-06-30"
    assert notice.activity.period == SPRING
    slugs = BulletinPage.objects.order_by("quarter").values_list("slug", flat=True)
    assert list(slugs) == ["2022-q2", "2022-q3", "2022-q4"]
    page = BulletinPage.objects.get(slug="2022-q2")
    assert page.live
    assert page.period == SPRING
    assert f"{page.first_published_at:%Y-%m-%d}" == "2022-07-06"
    assert page.figures["total"]["activities_done"] == 1
    assert "一要把承诺抓在手上" in str(page.body)


def test_a_year_without_supervision_is_played_all_the_same(cast: Cast) -> None:
    play(cast)
    bulletins.add_to_now(company_of(cast), cast.cycle)
    assert not FeedbackNotice.objects.exists()
    assert not BulletinPage.objects.exists()


def test_the_current_year_leaves_a_draft_where_a_visit_was_made(cast: Cast) -> None:
    with time_machine.travel("2022-05-20 09:00+08:00", tick=False):
        project = make_project("implementing", cast)
        make_visit(project, SPRING)
        make_activity(project, "notice", SPRING, done_on=SPRING.last_working_day)
    bulletins.add_to_now(company_of(cast), cast.cycle)
    assert not FeedbackNotice.objects.exists()
    asked = make_activity(project, "notice", SPRING, done_on=None)
    bulletins.add_to_now(company_of(cast), cast.cycle)
    notice = FeedbackNotice.objects.get()
    assert (notice.state, notice.activity) == ("draft", asked)
