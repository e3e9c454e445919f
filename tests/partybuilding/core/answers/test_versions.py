"""Every road by which something public is written raises the version of its part, with its commit."""

import threading
from collections.abc import Callable
from contextlib import contextmanager, suppress
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test import Client
from wagtail.models import Page, Site

from home.models import ColumnSettings
from partybuilding.core.answers.versions import (
    OPINIONS,
    PAGES,
    PARTS,
    RECORDS,
    SEARCH,
    WORK,
    Watch,
    part_of,
    read_total,
    read_versions,
    watch_of,
)
from partybuilding.core.models import ContentVersion
from partybuilding.organizations.models import Organization
from partybuilding.progress.models import Draft
from partybuilding.projects.services import save_application
from tests.factories import make_cast, make_organization, make_project, make_unit
from tests.factories.column import make_image
from tests.factories.news import publish_news, write_news
from tests.factories.opinions import make_opinion

pytestmark = pytest.mark.django_db


def begin() -> dict[str, int]:
    """Return the versions as they are, and let what follows count as a transaction of its own."""
    transaction.savepoint_rollback(transaction.savepoint())
    return read_versions(connection)


def raised(before: dict[str, int]) -> set[str]:
    """Return the parts whose version is another one now."""
    now = read_versions(connection)
    return {part for part in PARTS if now.get(part) != before.get(part)}


def _raw(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def _unit() -> Any:
    return Organization.objects.get(pk=make_unit().pk)


UNIT: dict[str, Callable[[Any], Any]] = {
    "save": lambda unit: unit.save(),
    "save of one field": lambda unit: unit.save(update_fields=["name"]),
    "insert": lambda unit: make_unit(),
    "update": lambda unit: Organization.objects.filter(pk=unit.pk).update(name="新名"),
    "bulk_create": lambda unit: Organization.objects.bulk_create(
        [Organization(name=name, kind=unit.kind, code=name) for name in "甲乙"]
    ),
    "bulk_update": lambda unit: Organization.objects.bulk_update([unit], ["name"]),
    "get_or_create": lambda unit: Organization.objects.get_or_create(name="丙", kind=unit.kind),
    "delete": lambda unit: unit.delete(),
    "delete of many": lambda unit: Organization.objects.filter(pk=unit.pk).delete(),
    "raw": lambda unit: _raw("UPDATE partybuilding_organization SET name = name"),
    "raw, otherwise written": lambda unit: _raw(
        "  update partybuilding_organization set name = name"
    ),
    "raw, by another statement": lambda unit: _raw(
        "WITH one AS (SELECT 1) UPDATE partybuilding_organization SET name = name"
    ),
}


@pytest.mark.parametrize("road", UNIT.values(), ids=UNIT)
def test_every_road_of_a_record_raises_the_records(road: Callable[[Any], Any]) -> None:
    unit = _unit()
    before = begin()
    road(unit)
    assert raised(before) == {RECORDS}


def _publish(news: Any) -> None:
    news.save_revision().publish()


def _restrict(news: Any) -> None:
    news.view_restrictions.create(restriction_type="login")


def _settings(news: Any) -> None:
    ColumnSettings.objects.get().save()


PAGE: dict[str, Callable[[Any], Any]] = {
    "publication": _publish,
    "taking offline": lambda news: news.unpublish(),
    "restriction": _restrict,
    "settings": _settings,
    "picture": lambda news: make_image(),
    "name of the site": lambda news: Site.objects.update(site_name="另名"),
    "move": lambda news: news.move(Page.objects.get(pk=news.get_parent().pk), "first-child"),
}


@pytest.mark.parametrize("road", PAGE.values(), ids=PAGE)
def test_every_road_of_a_page_raises_the_pages(road: Callable[[Any], Any]) -> None:
    news = publish_news()
    publish_news("另一条")
    before = begin()
    road(news)
    assert raised(before) - {SEARCH} == {PAGES}


def _sign_in(cast: Any, project: Any) -> None:
    Client().force_login(cast["editor"], backend="django.contrib.auth.backends.ModelBackend")


def _autosave_of_a_page(cast: Any, project: Any) -> None:
    page = Page.objects.get(slug="draft-of-news").specific
    page.body = [{"type": "text", "value": "<p>写到一半。</p>"}]
    page.save_revision(user=cast["editor"])


def _draft(cast: Any, project: Any) -> None:
    Draft.objects.create(by=cast["applicant"], form="report:1", said={"text": ["写到一半"]})


def _application(cast: Any, project: Any) -> None:
    save_application(project, by=cast["applicant"], problem="写到一半。")


def _opinion(cast: Any, project: Any) -> None:
    make_opinion("received", cast, project)


@pytest.mark.parametrize(
    ("happens", "parts"),
    [
        (_sign_in, set()),
        (_autosave_of_a_page, {SEARCH}),
        (_draft, set()),
        (_application, set()),
        (_opinion, {OPINIONS, WORK}),
        (lambda cast, project: make_organization(cast.organization.unit), {RECORDS}),
    ],
)
def test_what_nobody_reads_raises_nothing_that_is_read(
    happens: Callable[[Any, Any], None], parts: set[str]
) -> None:
    cast = make_cast()
    project = make_project("draft", cast)
    write_news(slug="draft-of-news").save_revision()
    before = begin()
    happens(cast, project)
    assert raised(before) == parts


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT title FROM wagtailcore_page",
        "\n            SELECT title\n            FROM wagtailcore_page",
        "WITH few AS (SELECT id FROM wagtailcore_page) SELECT * FROM few",
    ],
)
def test_a_question_raises_nothing_however_it_is_laid_out(sql: str) -> None:
    """Written by hand it begins with a line break; a search would make every page anew."""
    before = begin()
    _raw(sql)
    assert raised(before) == set()


def test_what_is_written_beside_a_question_raises() -> None:
    before = begin()
    _raw(
        "WITH few AS (SELECT 0 AS id) UPDATE wagtailcore_page SET title = '' WHERE id IN (SELECT id FROM few)"
    )
    assert raised(before) == {PAGES}


def test_what_many_are_linked_by_raises_too() -> None:
    cast = make_cast()
    project = make_project("submitted", cast)
    before = begin()
    project.reviewers.set([cast.organization])
    assert raised(before) == {WORK}


def test_a_transaction_raises_a_part_once() -> None:
    unit = _unit()
    before = begin()
    for _time in range(3):
        unit.save()
    now = read_versions(connection)
    assert now.get(RECORDS, 0) - before.get(RECORDS, 0) == 1


def test_what_is_rolled_back_raises_nothing_and_what_follows_raises_again() -> None:
    unit = _unit()
    before = begin()
    with suppress(ZeroDivisionError), transaction.atomic():
        unit.save()
        assert raised(before) == {RECORDS}
        raise ZeroDivisionError
    assert raised(before) == set()
    unit.save()
    assert raised(before) == {RECORDS}


def test_a_point_that_was_gone_back_to_forgets_what_was_raised_since() -> None:
    unit = _unit()
    before = begin()
    point = transaction.savepoint()
    unit.save()
    transaction.savepoint_rollback(point)
    assert raised(before) == set()
    unit.save()
    assert raised(before) == {RECORDS}


@transaction.atomic
def _saved(unit: Any) -> None:
    unit.save()


@pytest.mark.django_db(transaction=True)
def test_each_commit_raises_anew() -> None:
    unit = _unit()
    totals = []
    for road in (_saved, _saved, lambda one: one.save(), lambda one: one.save()):
        road(unit)
        totals.append(read_total(connection))
    assert totals == sorted(set(totals))
    assert ContentVersion.objects.filter(part=RECORDS).count() == 1


@pytest.mark.django_db(transaction=True)
def test_a_new_row_that_nobody_wraps_in_a_transaction_raises_too() -> None:
    before = read_total(connection)
    unit = make_unit()
    between = read_total(connection)
    Organization(name="第一社区党委", code="O0001", kind=unit.kind, parent=unit).save()
    assert before != between != read_total(connection)
    assert Organization.objects.filter(code="O0001").exists()


@contextmanager
def other_thread(work: Callable[[], None]) -> Any:
    """Run something in a thread with a connection of its own while the block runs."""

    def run() -> None:
        try:
            work()
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield thread
    finally:
        thread.join(30)
        assert not thread.is_alive()


@pytest.mark.django_db(transaction=True)
def test_writers_that_overlap_raise_both_and_neither_waits() -> None:
    """SQLite lets one writer in at a time by itself; elsewhere the second takes another counter."""
    first, second = _unit(), _unit()
    before = read_versions(connection).get(RECORDS, 0)
    has_written, may_end = threading.Event(), threading.Event()

    def hold() -> None:
        with transaction.atomic():
            first.save()
            has_written.set()
            assert may_end.wait(30)

    with other_thread(hold):
        assert has_written.wait(30)
        if connection.vendor == "sqlite":
            may_end.set()
        second.save()
        may_end.set()
    counters = ContentVersion.objects.filter(part=RECORDS)
    assert counters.count() == (1 if connection.vendor == "sqlite" else 2)
    now = read_versions(connection)[RECORDS]
    assert now - before == 2 if connection.vendor == "sqlite" else now != before


def test_every_model_has_its_part_and_the_lists_name_models() -> None:
    parts = {model._meta.label_lower: part_of(model) for model in apps.get_models()}
    assert {parts["wagtailcore.page"], parts["home.newspage"]} == {PAGES}
    assert parts["partybuilding.projectpage"] == PAGES
    assert parts["partybuilding.project"] == RECORDS
    assert parts[get_user_model()._meta.label_lower] == RECORDS
    assert parts["partybuilding.opinion"] == OPINIONS
    assert parts["partybuilding.transitionrecord"] == WORK
    assert parts["partybuilding.notice"] is None
    assert parts["wagtailcore.revision"] is None


def test_a_new_cut_of_a_picture_forgets_nothing_and_a_removed_one_does() -> None:
    picture = make_image()
    before = begin()
    rendition = picture.get_rendition("fill-20x20")
    assert raised(before) == set()
    rendition.delete()
    assert raised(before) == {PAGES}


def test_before_there_are_counters_writes_go_through() -> None:
    watch = watch_of(connection)
    assert isinstance(watch, Watch)
    begin()
    _raw("ALTER TABLE partybuilding_contentversion RENAME TO elsewhere")
    _unit()
    _raw("ALTER TABLE elsewhere RENAME TO partybuilding_contentversion")
    before = begin()
    _unit()
    assert raised(before) == {RECORDS}
