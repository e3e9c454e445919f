"""Verify, seal and deliver from the shell: what is said, and when the exit is a failure."""

import os
from contextlib import suppress
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from partybuilding.core.files.storage import private_storage
from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.models import (
    CommandRun,
    Delivery,
    DeliveryState,
    TrailSeal,
    TransitionRecord,
)
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import attach, post_notices
from partybuilding.management.timed import timed_commands
from tests.factories import make_cast, make_project, make_user
from tests.factories.pictures import photograph
from tests.factories.processes import start, until

pytestmark = pytest.mark.django_db
TABLE = TransitionRecord._meta.db_table


def run(command: str) -> str:
    out = StringIO()
    call_command(command, stdout=out, no_color=True)
    return out.getvalue()


def fails(command: str) -> tuple[list[str], str]:
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command(command, stdout=out, no_color=True)
    return out.getvalue().splitlines(), str(caught.value)


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def project() -> Any:
    return make_project("first_passed", make_cast())


def test_a_whole_trail_passes(project: Any) -> None:
    call_command("seal_trail", stdout=StringIO())
    assert run("verify_trail").startswith("The trail is whole: ")


def test_an_edited_row_fails_with_one_line_that_names_it(project: Any) -> None:
    row = trail_of(project).get(step="pass_first")
    sql(f"UPDATE {TABLE} SET reason = %s WHERE id = %s", "另一个理由", row.pk)
    lines, verdict = fails("verify_trail")
    assert lines == [f"project {project.pk} #{row.sequence} (row {row.pk}, pass_first): edited"]
    assert verdict == "The trail has 1 fault(s)."


def test_a_deleted_row_fails_and_its_place_is_named(project: Any) -> None:
    row = trail_of(project).get(step="submit")
    sql(f"DELETE FROM {TABLE} WHERE id = %s", row.pk)
    lines, _verdict = fails("verify_trail")
    assert lines[0].startswith(f"project {project.pk} #{row.sequence}: removed before")


def test_a_forged_row_at_the_end_fails(project: Any) -> None:
    last = trail_of(project).last()
    forged = {"sequence": last.sequence + 1, "to_state": "approved"}
    columns = [field.column for field in TransitionRecord._meta.fields if not field.primary_key]
    values = ["%s" if name in forged else name for name in columns]
    sql(
        f"INSERT INTO {TABLE} ({', '.join(columns)}) "
        f"SELECT {', '.join(values)} FROM {TABLE} WHERE id = %s",
        *[forged[name] for name in columns if name in forged],
        last.pk,
    )
    lines, _verdict = fails("verify_trail")
    assert any(f"#{last.sequence + 1} " in line and line.endswith("edited") for line in lines)
    assert any("its trail says approved" in line for line in lines)


def test_a_cut_off_tail_fails_by_its_seal(project: Any) -> None:
    call_command("seal_trail", stdout=StringIO())
    last = trail_of(project).last()
    sql(f"DELETE FROM {TABLE} WHERE id = %s", last.pk)
    lines, _verdict = fails("verify_trail")
    assert f"project {project.pk} #{last.sequence}: sealed by 1, now gone or changed" in lines


def test_sealing_says_what_was_sealed_and_does_nothing_twice(project: Any) -> None:

    def sealed() -> str:
        with suppress(CommandError):
            return run("seal_trail")
        return ""

    assert until(sealed).startswith("Seal 1 over ")
    assert run("seal_trail") == "Nothing to seal: no chain grew since the last seal.\n"
    assert TrailSeal.objects.count() == 1


def test_without_a_mail_server_there_is_nothing_to_deliver(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert "No mail server is set" in run("deliver_notices")


def test_mails_are_delivered_and_counted(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    post_notices([NoticeDraft([make_user(email="a@example.cn")], "请初审", "")], key="k")
    assert run("deliver_notices") == "Mails: 1 sent, 0 failed, 0 parked.\n"


def test_a_parked_mail_fails_until_somebody_saw_to_it(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    post_notices([NoticeDraft([make_user(email="a@example.cn")], "请初审", "")], key="k")
    Delivery.objects.update(state=DeliveryState.PARKED, last_error="SMTPException: no")
    _lines, verdict = fails("deliver_notices")
    assert verdict == "1 mail(s) are parked; see to them (manage.py parked_mails)."
    Delivery.objects.update(state=DeliveryState.DISMISSED)
    assert run("deliver_notices") == "Mails: 0 sent, 0 failed, 0 parked.\n"


def test_mails_that_wait_without_a_mail_server_fail(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    post_notices([NoticeDraft([make_user(email="a@example.cn")], "请初审", "")], key="k")
    settings.EMAIL_HOST = ""
    assert fails("deliver_notices")[1].startswith("1 mail(s) wait and no mail server is set")


def test_a_server_that_is_down_fails_with_how_many_wait(
    settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: Any) -> None:
        raise ConnectionRefusedError("down")

    settings.EMAIL_HOST = "mail.example"
    post_notices([NoticeDraft([make_user(email="a@example.cn")], "请初审", "")], key="k")
    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.open", away)
    assert fails("deliver_notices")[1].startswith("1 mail(s) wait, the mail server does not answer")


def test_how_a_command_ended_is_kept_with_its_last_good_run(project: Any) -> None:
    run("seal_trail")
    good = CommandRun.objects.get(command="seal_trail")
    assert (good.error, good.succeeded_at) == ("", good.ended_at)
    sql(f"UPDATE {TABLE} SET reason = %s", "另一个理由")
    fails("verify_trail")
    bad = CommandRun.objects.get(command="verify_trail")
    assert "fault(s)" in bad.error
    assert bad.succeeded_at is None


def test_a_rehearsal_is_no_run() -> None:
    call_command("remind", dry_run=True, stdout=StringIO())
    assert not CommandRun.objects.exists()


def test_only_one_run_of_a_command_is_at_it(project: Any) -> None:
    code = """
import django; django.setup()
from partybuilding.management.timed import alone
with alone("seal_trail"):
    print("ready", flush=True); input()
"""
    with start(code) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "ready\n"
        with pytest.raises(CommandError) as busy:
            run("seal_trail")
        assert busy.value.returncode == 75
        assert "Contacts cleared" in run("clear_contacts")
        other.kill()

    def sealed() -> str:
        with suppress(CommandError):
            return run("seal_trail")
        return ""

    assert until(sealed).startswith("Seal 1 over ")


def test_a_command_is_due_by_its_rhythm_or_its_hour() -> None:
    commands = timed_commands()
    now = timezone.localtime().replace(hour=7, minute=30, second=0, microsecond=0)
    daily, minutely = commands["remind"], commands["publish_scheduled"]
    assert daily.is_time(now, None)
    assert daily.is_time(now, now - timedelta(minutes=1))
    assert not daily.is_time(now, now)
    assert not daily.is_time(now - timedelta(minutes=1), now - timedelta(hours=20))
    assert daily.is_time(now - timedelta(minutes=1), now - timedelta(hours=30))
    assert minutely.is_time(now, now - timedelta(minutes=10))
    assert not minutely.is_time(now, now - timedelta(minutes=9))


def test_files_are_held_against_rows(project: Any, tmp_path: Any) -> None:
    assert run("check_files")
    name = private_storage().save("2026/left.pdf", ContentFile(b"x"))
    assert "left" not in run("check_files")  # it may still get its row
    old = (timezone.now() - timedelta(days=2)).timestamp()
    os.utime(private_storage().path(name), (old, old))
    assert f"private/{name}" in run("check_files")
    private_storage().delete(name)
    file = SimpleUploadedFile("照片.jpg", photograph(size=(40, 30)))
    kept = attach(project, file, by=get_user_model().objects.first())
    private_storage().delete(kept.file.name)
    lines, _verdict = fails("check_files")
    assert any(kept.file.name in line and f"{kept.pk}" in line for line in lines)
