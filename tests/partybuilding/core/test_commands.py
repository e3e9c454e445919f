"""Verify, seal and deliver from the shell: what is said, and when the exit is a failure."""

from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.models import Delivery, DeliveryState, TrailSeal, TransitionRecord
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import post_notices
from tests.factories import make_cast, make_project, make_user

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
    assert run("seal_trail").startswith("Seal 1 over ")
    assert run("seal_trail") == "Nothing to seal: no chain grew since the last seal.\n"
    assert TrailSeal.objects.count() == 1


def test_without_a_mail_server_there_is_nothing_to_deliver(settings: Any) -> None:
    settings.EMAIL_HOST = ""
    assert "No mail server is set" in run("deliver_notices")


def test_mails_are_delivered_and_counted(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    post_notices([NoticeDraft([make_user(email="a@example.cn")], "请初审", "")], key="k")
    assert run("deliver_notices") == "Mails: 1 sent, 0 failed, 0 parked.\n"


def test_a_parked_mail_is_named_and_fails(settings: Any) -> None:
    settings.EMAIL_HOST = "mail.example"
    post_notices([NoticeDraft([make_user(email="a@example.cn")], "请初审", "")], key="k")
    Delivery.objects.update(state=DeliveryState.PARKED, last_error="SMTPException: no")
    lines, verdict = fails("deliver_notices")
    assert lines[1] == f"mail {Delivery.objects.get().pk} is parked: SMTPException: no"
    assert verdict == "1 mail(s) could not be sent and are parked."
