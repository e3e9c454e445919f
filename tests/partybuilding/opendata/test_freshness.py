"""When the data are made: at once after a change without a worker, once for many changes with one."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.db import OperationalError
from django.test import Client
from django.utils import timezone
from django_tasks import default_task_backend

from partybuilding.core.files.named import named_files
from partybuilding.core.files.storage import PRIVATE, private_storage
from partybuilding.opendata import tasks
from partybuilding.opendata.models import DataRelease
from partybuilding.opendata.services import KEPT, build
from partybuilding.projects.pages import ProjectPage
from tests.factories import make_cast
from tests.factories.column import make_page

WORKER = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}


def titles() -> list[str]:
    """Return the titles of the projects that anybody gets now."""
    return [row["title"] for row in Client().get("/data/projects.json").json()]


def retitle(page: ProjectPage, title: str) -> None:
    ProjectPage.objects.filter(pk=page.pk).update(title=title)


@pytest.fixture
def worker(settings: Any) -> Any:
    """Let tasks be run by somebody else, who has not come yet."""
    settings.TASKS = WORKER
    assert tasks.has_worker()
    default_task_backend.clear()
    return default_task_backend


def asked(worker: Any) -> int:
    """Count how often the worker was asked for the data; Wagtail asks it for other things."""
    return sum(result.task.func is tasks.rebuild.func for result in worker.results)


@pytest.mark.django_db(transaction=True)
def test_without_a_worker_what_was_published_is_right_at_once_and_made_once() -> None:
    page = make_page(cast=make_cast())
    assert titles() == [page.title]
    for count in range(3):
        retitle(page, f"第{count}次")
    assert titles() == ["第2次"]
    assert titles() == ["第2次"]
    assert DataRelease.objects.count() == 2
    page.unpublish()
    assert titles() == []


@pytest.mark.django_db(transaction=True)
def test_with_a_worker_many_publications_ask_once_and_readers_get_what_says_its_date(
    worker: Any,
) -> None:
    page = make_page(cast=make_cast())
    build()
    old = titles()
    worker.clear()
    for count in range(3):
        page.title = f"第{count}次"
        page.save_revision().publish()
    assert titles() == old
    assert asked(worker) == 1
    tasks.rebuild.call()
    assert titles() == ["第2次"]
    page.title = "又一次"
    page.save_revision().publish()
    assert asked(worker) == 2


@pytest.mark.django_db(transaction=True)
def test_a_worker_that_does_not_come_is_asked_again(worker: Any) -> None:
    page = make_page(cast=make_cast())
    build()
    retitle(page, "新的标题")
    worker.clear()
    assert titles() != ["新的标题"]
    assert titles() != ["新的标题"]
    assert asked(worker) == 1
    with time_machine.travel(timezone.now() + tasks.PATIENCE + timedelta(minutes=1)):
        titles()
    assert asked(worker) == 2


@pytest.mark.django_db
def test_nothing_new_is_no_new_release_but_another_day_is_told() -> None:
    make_page(cast=make_cast())
    first = build()
    assert build().pk == first.pk
    assert build(anew=True).pk == first.pk
    with time_machine.travel(timezone.now() + timedelta(days=1)):
        next_day = build()
    assert (next_day.pk, next_day.made_at) == (first.pk, first.made_at)
    assert next_day.day > first.day
    assert next_day.checked_at > first.checked_at


@pytest.mark.django_db
def test_old_archives_are_removed_and_a_lost_one_is_made_again() -> None:
    page = make_page(cast=make_cast())
    for count in range(KEPT + 2):
        retitle(page, f"第{count}次")
        build(anew=True)
    assert DataRelease.objects.count() == KEPT
    newest = DataRelease.objects.newest()
    assert newest is not None
    assert newest.file in named_files()[PRIVATE]
    private_storage().delete(newest.file)
    assert Client().get("/data/projects.csv").status_code == 200
    again = DataRelease.objects.newest()
    assert again is not None
    assert private_storage().exists(again.file)
    call_command("sweep_files")
    assert private_storage().exists(again.file)


@pytest.mark.django_db
def test_readers_get_the_former_data_while_new_ones_cannot_be_made(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    page = make_page(cast=make_cast())
    old = titles()
    DataRelease.objects.update(day=timezone.localdate() - timedelta(days=1))
    retitle(page, "新的标题")

    def fail() -> None:
        raise OperationalError("read-only")

    monkeypatch.setattr(tasks, "build", fail)
    assert titles() == old
    assert "the former release" in caplog.text


@pytest.mark.django_db
def test_the_command_says_what_it_made(capsys: pytest.CaptureFixture[str]) -> None:
    make_page(cast=make_cast())
    call_command("build_data")
    release = DataRelease.objects.get()
    assert capsys.readouterr().out.startswith(f"Open data {release}: {len(release.files)} files, ")
