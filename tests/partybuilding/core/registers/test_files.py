"""A register as a file: in the request while it is short, beside it when it is long, for its owner alone."""

from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from openpyxl import load_workbook

from partybuilding.core import background
from partybuilding.core.files.storage import private_storage
from partybuilding.core.models import ListFile, ListStatus
from partybuilding.core.models.heard import SILENCE
from partybuilding.core.models.listfile import KEPT
from partybuilding.core.registers import files, views
from tests.factories import Cast, make_cast, make_project
from tests.factories.screens import client_of

pytestmark = pytest.mark.django_db
REGISTER = "/admin/party/projects/"


@pytest.fixture
def cast(monkeypatch: pytest.MonkeyPatch) -> Cast:
    """People, two projects, and a register that is long with more than one; nothing runs by itself."""
    monkeypatch.setattr(files, "LONG", 1)
    monkeypatch.setattr(files, "make_beside", lambda file: None)
    cast = make_cast()
    for _number in range(2):
        make_project("submitted", cast)
    return cast


def asked(client: Client, **params: Any) -> ListFile:
    answer = client.get(REGISTER, {**params, "export": "xlsx"})
    assert answer.status_code == 302
    return ListFile.objects.get(pk=answer["Location"].rstrip("/").rpartition("/")[2])


def address(file: ListFile, name: str = "") -> str:
    return f"/admin/party/files/{file.pk}/{name}"


def made(file: ListFile) -> ListFile:
    files.make.call(file.pk, "/")
    file.refresh_from_db()
    return file


def test_a_long_register_is_made_beside_the_request_and_downloaded(cast: Cast) -> None:
    client = client_of(cast["department"])
    file = asked(client, state="submitted")
    waiting = client.get(address(file))
    assert (waiting["Refresh"], "正在排队，共2行" in waiting.text) == (str(views.REFRESH), True)
    assert client.get(address(file, "download/")).status_code == 404
    ready = client.get(address(made(file)))
    assert "Refresh" not in ready
    assert address(file, "download/") in ready.text
    answer = client.get(address(file, "download/"))
    content = b"".join(answer.streaming_content)
    assert len(list(load_workbook(BytesIO(content)).active.iter_rows())) == 3
    assert "no-store" in answer["Cache-Control"]


def test_what_is_narrowed_to_few_is_given_at_once(cast: Cast) -> None:
    client = client_of(cast["department"])
    answer = client.get(REGISTER, {"state": "declined", "export": "xlsx"})
    assert answer.status_code == 200
    assert not ListFile.objects.exists()


def test_nobody_else_is_given_the_file(cast: Cast) -> None:
    file = made(asked(client_of(cast["department"])))
    other = client_of(cast["publisher"])
    assert other.get(address(file)).status_code == 404
    assert other.get(address(file, "download/")).status_code == 404


def test_it_is_made_with_the_rights_that_its_owner_has_by_then(cast: Cast) -> None:
    file = asked(client_of(cast["department"]))
    cast["department"].memberships.all().delete()
    assert (made(file).status, file.file.name) == (ListStatus.FAILED, "")


def test_asking_twice_makes_one_file_and_making_twice_keeps_one(cast: Cast) -> None:
    client = client_of(cast["department"])
    file = asked(client)
    assert asked(client) == file
    name = made(file).file.name
    assert made(file).file.name == name
    assert private_storage().listdir("lists")[1].count(name.rpartition("/")[2]) == 1


def test_one_that_was_stopped_says_so_where_no_worker_takes_it_up(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = client_of(cast["department"])
    file = asked(client)
    ListFile.objects.update(heard_at=timezone.now() - 2 * SILENCE)
    stopped = client.get(address(file))
    assert "生成中断" in stopped.text
    assert file.address.replace("&", "&amp;") in stopped.text
    monkeypatch.setattr(views, "has_worker", lambda: True)
    assert "生成中断" not in client.get(address(file)).text


def test_a_fault_is_told_and_not_kept_silent(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    client = client_of(cast["department"])
    file = asked(client)
    monkeypatch.setattr(files, "xlsx_of", lambda *told: 1 / 0)
    assert made(file).status == ListStatus.FAILED
    assert "文件未能生成" in client.get(address(file)).text


def test_the_worker_is_asked_where_there_is_one(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.undo()
    handed: list[Any] = []
    monkeypatch.setattr(background, "has_worker", lambda: True)
    monkeypatch.setattr(background, "hand_over", lambda task, *arguments: handed.append(arguments))
    file = ListFile.objects.create(owner=cast["department"], title="项目", address=REGISTER)
    files.make_beside(file)
    assert handed == [(file.pk, "/")]


def test_a_day_later_file_and_row_are_gone(cast: Cast) -> None:
    file = made(asked(client_of(cast["department"])))
    call_command("sweep_files")
    assert private_storage().exists(file.file.name)
    with time_machine.travel(timezone.now() + KEPT + timedelta(minutes=1)):
        call_command("sweep_files")
    assert not private_storage().exists(file.file.name)
    assert not ListFile.objects.exists()
