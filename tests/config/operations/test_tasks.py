"""What the worker is asked for: run once, taken over from a worker that was killed, looked after."""

import signal
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import timezone
from django_tasks import task_backends
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from config.operations import tasks
from config.operations.probes import Level, service
from partybuilding.casebook import building
from partybuilding.casebook.building import build_alone, build_in_background
from partybuilding.casebook.models import Edition
from partybuilding.casebook.services import begin_build, stop_build
from partybuilding.casebook.states import EditionKind
from partybuilding.core.background import hand_over, has_worker
from tests.factories import make_cast
from tests.factories.casebook import make_book
from tests.factories.processes import start, until

pytestmark = pytest.mark.django_db


@pytest.fixture
def _worker(settings: Any) -> None:
    settings.PARTYBUILDING_TASK_BACKEND = "worker"
    settings.TASK_WORKER = True


def work() -> None:
    """Run what waits."""
    call_command("db_worker", "--batch", "--backend=worker", "--queue-name=*", verbosity=0)


def running(*workers: str) -> DBTaskResult:
    hand_over(build_alone, 0, "/")
    task = DBTaskResult.objects.latest("enqueued_at")
    for worker in workers:
        task.claim(worker)
    return task


def test_without_a_worker_nobody_waits_for_one() -> None:
    assert not has_worker()
    assert task_backends["default"].__class__.__name__ == "ImmediateBackend"


@pytest.mark.usefixtures("_worker")
def test_what_a_dead_worker_left_is_run_by_another() -> None:
    task = running("dead")
    assert tasks.take_over() == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY
    assert tasks.take_over() == 0


@pytest.mark.usefixtures("_worker")
def test_what_ends_every_worker_is_given_up() -> None:
    task = running("a", "b", "c")
    assert tasks.take_over() == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED
    assert task.finished_at is not None


@pytest.mark.usefixtures("_worker")
def test_a_worker_leaves_its_own_task_alone() -> None:
    task = running("mine")
    assert tasks.take_over("mine") == 0
    task.refresh_from_db()
    assert task.status == TaskResultStatus.RUNNING


@pytest.mark.usefixtures("_worker")
@pytest.mark.django_db(transaction=True)
def test_a_task_of_a_living_worker_is_taken_over_when_it_was_killed() -> None:
    task = running("other")
    code = (
        "import django, time; django.setup()\nfrom config.operations.tasks import living\n"
        "with living('other'):\n    print('lives', flush=True); time.sleep(600)"
    )
    other = start(code)
    assert other.stdout is not None
    assert other.stdout.readline().strip() == "lives"
    assert tasks.take_over() == 0
    other.send_signal(signal.SIGKILL)
    other.communicate()
    assert until(tasks.take_over) == 1
    task.refresh_from_db()
    assert task.status == TaskResultStatus.READY


@pytest.mark.usefixtures("_worker")
def test_a_worker_that_takes_nothing_is_looked_at() -> None:
    task = running()
    assert service.tasks().level is Level.OK
    DBTaskResult.objects.update(enqueued_at=timezone.now() - service.LATE_TASK)
    assert service.tasks().level is Level.WARNING
    task.claim("one")
    assert service.tasks().level is Level.OK


@pytest.mark.usefixtures("_worker")
@pytest.mark.parametrize(("days", "left"), [(14, 0), (13, 1)])
def test_what_was_done_is_forgotten_after_two_weeks(days: int, left: int) -> None:
    task = running("one")
    task.set_successful(None)
    done = timezone.now() - timedelta(days=days, seconds=1)
    DBTaskResult.objects.filter(pk=task.pk).update(finished_at=done)
    tasks.forget_old()
    assert DBTaskResult.objects.count() == left


@pytest.mark.usefixtures("_worker")
@pytest.mark.django_db(transaction=True)
def test_the_worker_builds_what_still_waits_for_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A task that is begun again, or whose edition was stopped meanwhile, does nothing."""
    cast = make_cast()
    book, built = make_book(cast), list[Edition]()
    monkeypatch.setattr(building, "build", built.append)
    edition = begin_build(book, EditionKind.INTERNAL, by=cast["editor"])
    build_in_background(edition)
    assert built == []
    work()
    assert built == [edition]
    stop_build(edition, by=cast["editor"])
    build_in_background(edition)
    work()
    assert built == [edition]
    done = DBTaskResult.objects.successful().filter(task_path__endswith=".build_alone")
    assert done.count() == 2


@pytest.mark.usefixtures("_worker")
@pytest.mark.django_db(transaction=True)
def test_the_worker_of_the_site_takes_what_waits_and_what_was_left() -> None:
    """It needs no arguments; an edition that is not there any more fails, and is told."""
    left, waits = running("dead"), running()
    call_command("work", "--batch", "--worker-id=one", verbosity=0)
    call_command("work", "--batch", "--worker-id=two", verbosity=0)
    for task, workers in ((left, 2), (waits, 1)):
        task.refresh_from_db()
        assert task.status == TaskResultStatus.FAILED
        assert len(task.worker_ids) == workers
