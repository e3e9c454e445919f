"""Cases and brands open with what became of the promises behind them."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from partybuilding.projects.models import Commitment, Project
from tests.factories import Cast, make_cast, make_project
from tests.factories.programme import open_cycle
from tests.factories.promises import make_promise
from tests.factories.screens import queries_of
from tests.factories.site import make_page_of
from tests.factories.spread import make_brand, make_case, publish_brand_page, publish_case_page

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate
DAY = timedelta(days=1)


def kept(project: Project, *, late: int = 0, missed: int = 0) -> Project:
    """Give a project with a public page one promise kept in time, some late, and some never kept."""
    Commitment.objects.filter(project=project).delete()
    due = TODAY() - 9 * DAY
    make_promise(project, due, due)
    for _one in range(late):
        make_promise(project, due, due + DAY)
    for _one in range(missed):
        make_promise(project, due, None)
    return project


def make(cast: Cast, **promises: int) -> Project:
    project = make_project("graded", cast)
    make_page_of(project, cast)
    return kept(project, **promises)


def case_of(cast: Cast, project: Project) -> Any:
    return publish_case_page(make_case("selected", cast, project).page, cast)


def sentence(context: Any) -> str:
    return "".join(part["text"] for part in context["say"])


@pytest.fixture
def two() -> list[Any]:
    """Publish a case of 2041 with a promise that was not kept, and one of 2042 with one kept late."""
    first, second = make_cast(open_cycle(year=2041)), make_cast(open_cycle(year=2042))
    rural = make(second, late=1)
    Project.objects.filter(pk=rural.pk).update(sector="rural")
    return [case_of(first, make(first, missed=1)), case_of(second, rural)]


def test_the_list_opens_with_the_newest_year_or_the_one_chosen(
    client: Client, two: list[Any]
) -> None:
    newest = "2042年度1篇典型案例，背后的项目公开承诺2项，全部做到了（1项迟了）。"
    assert sentence(client.get("/cases/").context) == newest
    assert sentence(client.get("/cases/?year=2042").context) == newest
    older = client.get("/cases/?year=2041").context
    assert sentence(older) == "2041年度1篇典型案例，背后的项目公开承诺2项，1项做到了，1项没有做到。"
    assert [(part.mark, part.count) for part in older["bar"].parts] == [("done", 1), ("miss", 1)]


@pytest.mark.parametrize("query", ["sector=rural", "q=案例", "grade=none&sector=rural"])
def test_a_list_narrowed_otherwise_says_nothing_of_a_year(
    client: Client, two: list[Any], query: str
) -> None:
    page = client.get(f"/cases/?{query}").context
    assert (page["say"], page["bar"]) == ([], None)


def test_two_cases_of_one_project_count_its_promises_once(client: Client) -> None:
    cast = make_cast(open_cycle(year=2043))
    project = make(cast)
    for _case in range(2):
        case_of(cast, project)
    words = sentence(client.get("/cases/").context)
    assert words == "2043年度2篇典型案例，背后的项目公开承诺1项，全部做到了。"


def test_each_card_says_what_became_of_its_own_promises(client: Client, two: list[Any]) -> None:
    cards = client.get("/cases/").context["cards"]
    assert [(card["late"], card["late_mark"]) for card in cards] == [
        ("2项承诺都做到了，1项迟了", "done_late"),
        ("2项承诺，1项做到了，1项没有做到。", "miss"),
    ]


def test_without_published_promises_nothing_is_claimed(client: Client) -> None:
    cast = make_cast()
    page = case_of(cast, make_project("graded", cast))
    assert client.get("/cases/").context["say"] == []
    assert [card["late"] for card in client.get("/cases/").context["cards"]] == [""]
    assert client.get(page.url).context["say"] == []


def test_the_page_of_a_case_leads_from_what_was_not_kept_to_its_project(
    client: Client, two: list[Any]
) -> None:
    page = client.get(two[0].url).context
    assert sentence(page) == "背后的项目公开承诺2项，1项做到了，1项没有做到。"
    leads = [part["href"] for part in page["say"] if part["mark"] == "miss"]
    assert leads == [two[0].case.project.page.url]


def test_a_brand_adds_up_the_projects_that_it_grew_from(client: Client) -> None:
    cast = make_cast()
    brand = make_brand("recognised", cast, make(cast, late=1))
    brand.origins.create(project=make(cast), order=1)
    page = publish_brand_page(brand, cast)
    assert sentence(client.get(page.url).context) == (
        "背后的项目公开承诺3项，全部做到了（1项迟了）。"
    )
    year = timezone.localtime(brand.recognised_at).year
    assert sentence(client.get("/brands/").context) == (
        f"{year}年认定1个党建品牌，背后的项目公开承诺3项，全部做到了（1项迟了）。"
    )


def test_the_fields_lead_to_their_own_and_off_again(client: Client, two: list[Any]) -> None:
    fields = client.get("/cases/").context["fields"]
    assert [(one["sign"], one["count"], one["href"]) for one in fields] == [
        ("农", 1, "/cases/?sector=rural#list"),
        ("城", 1, "/cases/?sector=urban#list"),
    ]
    shown = client.get("/cases/?sector=rural").context["fields"]
    assert [(one["current"], one["href"]) for one in shown] == [
        (True, "/cases/#list"),
        (False, "/cases/?sector=urban#list"),
    ]


def test_many_cases_cost_as_many_queries_as_one(client: Client) -> None:
    cast = make_cast()
    case_of(cast, make(cast))
    client.get("/cases/")
    few = queries_of(client, "/cases/")
    for _case in range(3):
        case_of(cast, make(cast))
    assert queries_of(client, "/cases/") == few
