"""What the open data never tell: a grade before its day, a draft, what was withdrawn, a small number."""

from datetime import timedelta

import pytest
from django.utils import timezone

from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from tests.factories import make_cast, make_project
from tests.factories.column import forge, make_page
from tests.factories.opinions import make_opinion
from tests.factories.programme import announce_cycle
from tests.factories.promises import make_promise
from tests.partybuilding.opendata.conftest import Data

pytestmark = pytest.mark.django_db
DESCRIBING = ("datapackage.json", "dictionary.csv", "README.txt", "SHA256SUMS", "opendata.sqlite3")


def whole(data: Data) -> str:
    """Return everything that has rows as one text; the database as its tables."""
    texts = [content.decode() for name, content in data.files.items() if name not in DESCRIBING]
    names = [name.removesuffix(".json") for name in data.files if name.endswith(".json")]
    tables = [str(data.sqlite(name)) for name in names if name != "datapackage"]
    return "\n".join([*texts, *tables, data.files["opendata.sqlite3"].decode("utf-8", "replace")])


def test_a_grade_is_nowhere_before_it_is_announced_and_everywhere_after() -> None:
    cast = make_cast()
    page = make_page("results_submitted", cast)
    grade = cast.cycle.grades.first()
    assert grade is not None
    grade.name = "特优等次"
    grade.save()
    Project.objects.filter(pk=page.project_id).update(grade_class=grade)
    before = Data.fetched()
    assert "特优等次" not in whole(before)
    assert before.json("grades") == []
    assert [row["grade"] for row in before.json("projects")] == [""]
    announce_cycle(cast.cycle, cast["department"])
    after = Data.fetched()
    assert "特优等次" in whole(after)
    assert [row["grade"] for row in after.json("grades")] == ["特优等次"]
    assert [row["grade"] for row in after.json("projects")] == ["特优等次"]


def test_drafts_and_promises_that_wait_are_nowhere() -> None:
    cast = make_cast()
    page = make_page("implementing", cast)
    make_promise(page.project, timezone.localdate(), None, goal="公开了的目标")
    page.title = "改了一半的标题"
    page.save_revision()
    waiting = make_page("approved", make_cast(cast.cycle))
    make_promise(waiting.project, timezone.localdate(), None, goal="还没公开的目标")
    forge(waiting.project, "commitments_submitted")
    unpublished = make_project("approved", make_cast(cast.cycle))
    text = whole(Data.fetched())
    assert "公开了的目标" in text
    assert "改了一半的标题" not in text
    assert "还没公开的目标" not in text
    assert str(unpublished.code) not in text


def test_what_is_withdrawn_is_gone_at_once() -> None:
    cast = make_cast()
    page = make_page("implementing", cast)
    make_promise(page.project, timezone.localdate(), None, goal="撤下的目标")
    assert "撤下的目标" in whole(Data.fetched())
    ProjectPage.objects.get(pk=page.pk).unpublish()
    data = Data.fetched()
    assert "撤下的目标" not in whole(data)
    assert data.json("projects") == data.json("commitments") == []


def test_opinions_are_counted_from_five_on_and_never_told() -> None:
    cast = make_cast()
    page = make_page("implementing", cast)
    for _at in range(4):
        make_opinion("received", cast, page.project)
    assert Data.fetched().json("opinions") == []
    opinion = make_opinion("answered", cast, page.project)
    data = Data.fetched()
    (row,) = data.json("opinions")
    assert row["received"] == 5
    assert (row["in_time"], row["waiting"], row["outcome_adopted"]) == (None, None, None)
    assert [value for value in row.values() if value in (1, 2, 3, 4)] == []
    for secret in (opinion.text, opinion.number, opinion.answer):
        assert secret not in whole(data)


def test_a_reason_of_lateness_is_told_with_the_results_alone() -> None:
    cast = make_cast()
    page = make_page("implementing", cast)
    late = timezone.localdate() - timedelta(days=3)
    make_promise(page.project, late, None, explanation="场地修缮。")
    assert "场地修缮" not in whole(Data.fetched())
    forge(page.project, "results_submitted")
    assert "场地修缮" in whole(Data.fetched())
