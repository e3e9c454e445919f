"""A project over the years: both pages lead to each other and say what was promised and kept."""

from typing import Any

import pytest
from django.test import Client

from partybuilding.projects.models import Project
from partybuilding.projects.page.continued import years_of
from partybuilding.projects.services import begin_from
from partybuilding.projects.states import SourceKind
from tests.factories import Cast, make_cast, make_project
from tests.factories.programme import open_cycle
from tests.factories.projects import fill, take
from tests.factories.site import make_page_of

pytestmark = pytest.mark.django_db
TO_DOING = ("submit", "pass_first", "approve", "submit_commitments", "publish_commitments")


def continued(origin: Project, year: int, *, public: bool = True) -> Project:
    cast = make_cast(open_cycle(year=year), origin.organization)
    facts = {"cycle": cast.cycle, "organization": origin.organization, "by": cast["applicant"]}
    project = fill(begin_from(origin, SourceKind.CONTINUE, **facts), cast)
    for step in TO_DOING:
        project = take(project, step, cast)
    if public:
        make_page_of(project, cast)
    return Project.objects.get(pk=project.pk)


@pytest.fixture
def first() -> Project:
    cast: Cast = make_cast(open_cycle(year=2041))
    project = make_project("graded", cast)
    make_page_of(project, cast)
    return Project.objects.get(pk=project.pk)


def rows(client: Client, project: Project) -> Any:
    folds = client.get(project.page.url).context["folds"]
    shown = [one.part for one in folds if one.section.code == "continued"]
    return shown[0]["rows"] if shown else None


def test_a_project_that_stands_alone_shows_no_years(client: Client, first: Project) -> None:
    assert rows(client, first) is None


def test_three_years_stand_on_every_page_each_with_what_it_promised_and_kept(
    client: Client, first: Project
) -> None:
    second = continued(first, 2042)
    third = continued(second, 2043)
    for project in (first, second, third):
        shown = rows(client, project)
        assert [row[0]["note"] for row in shown] == ["2041年度", "2042年度", "2043年度"]
        assert [(row[1]["text"], row[2]["text"]) for row in shown] == [(1, 0)] * 3
        here = [row[0] for row in shown if "href" not in row[0]]
        assert [cell["text"] for cell in here] == [f"{project.title}（本页）"]
    assert second.page.url in client.get(first.page.url).text
    assert first.page.url in client.get(third.page.url).text


def test_a_year_that_is_not_public_is_left_out_and_holds_the_others_together(
    client: Client, first: Project
) -> None:
    hidden = continued(first, 2042, public=False)
    third = continued(hidden, 2043)
    assert years_of(third) == [first.pk, hidden.pk, third.pk]
    assert [row[0]["note"] for row in rows(client, first)] == ["2041年度", "2043年度"]


def test_a_draft_of_the_next_year_is_nobodys_business(client: Client, first: Project) -> None:
    cast = make_cast(open_cycle(year=2042), first.organization)
    facts = {"cycle": cast.cycle, "organization": first.organization, "by": cast["applicant"]}
    begin_from(first, SourceKind.CONTINUE, **facts)
    assert rows(client, first) is None


def test_a_copy_is_no_continuation(client: Client, first: Project) -> None:
    cast = make_cast(open_cycle(year=2042), first.organization)
    facts = {"cycle": cast.cycle, "organization": first.organization, "by": cast["applicant"]}
    copy = begin_from(first, SourceKind.COPY, **facts)
    assert years_of(copy) == [copy.pk]
