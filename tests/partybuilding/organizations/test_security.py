"""The security log: who did what with which account, when and from where; and for how long it is kept."""

import hashlib
from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from wagtail.models import ModelLogEntry

from partybuilding.organizations.journal import entries_of, note_change
from partybuilding.organizations.models import FirstPassword
from partybuilding.organizations.security import KEPT_DAYS, note_security
from partybuilding.organizations.services import rename_person
from tests.factories import make_cast

pytestmark = pytest.mark.django_db
LOGIN = "/portal/login/"
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture(autouse=True)
def behind_a_proxy(settings: Any) -> None:
    settings.TRUSTED_PROXIES = 1


def log() -> list[tuple[str, str, Any, str | None]]:
    rows = ModelLogEntry.objects.filter(action__startswith="security.").order_by("pk")
    return [
        (row.action.removeprefix("security."), row.label, row.user, row.data.get("address"))
        for row in rows
    ]


def browser() -> Client:
    return Client(HTTP_X_FORWARDED_FOR="1.1.1.1, 203.0.113.7")


def test_sign_in_failure_and_sign_out_are_noted_with_the_address() -> None:
    person = make_cast()["applicant"]
    person.set_password("a-right-horse-battery")
    person.save()
    ModelLogEntry.objects.all().delete()
    client, name = browser(), person.get_full_name()
    client.post(LOGIN, {"username": person.username.upper(), "password": "my-other-secret"})
    client.post(LOGIN, {"username": "my-secret-in-the-wrong-field", "password": "x"})
    client.post(LOGIN, {"username": person.username, "password": "a-right-horse-battery"})
    client.post("/portal/logout/")
    assert log() == [
        ("sign_in_failed", name, None, "203.0.113.7"),
        ("sign_in_failed", "未知登录名", None, "203.0.113.7"),
        ("sign_in", name, person, "203.0.113.7"),
        ("sign_out", name, person, "203.0.113.7"),
    ]
    kept = str(list(ModelLogEntry.objects.values()))
    assert "secret" not in kept


def test_whoever_is_locked_out_fills_no_log(settings: Any) -> None:
    settings.AXES_ENABLED = True
    for _time in range(12):
        browser().post(LOGIN, {"username": "nobody", "password": "x"})
    assert len(log()) == 8


def test_ones_own_new_password_is_noted_once() -> None:
    person = make_cast()["applicant"]
    person.set_password("a-right-horse-battery")
    person.save()
    FirstPassword.objects.create(user=person)
    client = browser()
    client.force_login(person, backend=BACKEND)
    sent = {"old_password": "a-right-horse-battery"}
    sent |= {"new_password1": "another-horse-12", "new_password2": "another-horse-12"}
    client.post("/portal/password/", sent)
    assert log()[-1] == ("password", person.get_full_name(), person, "203.0.113.7")
    assert not FirstPassword.objects.exists()


def test_a_hash_that_is_made_stronger_is_no_new_password(settings: Any) -> None:
    person = make_cast()["applicant"]
    settings.PASSWORD_HASHERS = [
        "django.contrib.auth.hashers.PBKDF2PasswordHasher",
        "django.contrib.auth.hashers.MD5PasswordHasher",
    ]
    person.password = "md5$salt$" + hashlib.md5(b"saltold-password").hexdigest()
    person.save()
    before = len(log())
    assert person.check_password("old-password")
    assert person.password.startswith("pbkdf2")
    assert len(log()) == before


def test_a_rename_by_an_administrator_is_noted_on_both_roads(admin_user: Any) -> None:
    person = make_cast()["applicant"]
    ModelLogEntry.objects.all().delete()
    client = browser()
    client.force_login(admin_user, backend=BACKEND)
    sent = {"username": person.username, "first_name": "新名", "email": "a@example.org"}
    client.post(f"/admin/users/edit/{person.pk}/", sent | {"is_active": "on", "is_superuser": "on"})
    assert log()[1:] == [
        ("rename", "新名", admin_user, "203.0.113.7"),
        ("rights", "新名", admin_user, "203.0.113.7"),
    ]
    rename_person(get_user_model().objects.get(pk=person.pk), name="旧名", email="", by=None)
    assert log()[-1] == ("rename", "旧名", None, None)


def test_saving_what_did_not_change_notes_nothing() -> None:
    person = make_cast()["applicant"]
    before = len(log())
    person.last_login = timezone.now()
    person.save(update_fields=["last_login"])
    person.save()
    assert len(log()) == before


def test_administrators_read_it_in_the_sites_history_and_the_department_does_not(
    admin_client: Client,
) -> None:
    cast = make_cast()
    note_security("sign_in", cast["applicant"], request=None)
    browser().post(LOGIN, {"username": cast["applicant"].username, "password": "wrong"})
    shown = admin_client.get("/admin/reports/site-history/").content.decode()
    assert "登录失败（来自203.0.113.7）" in shown
    assert "登录成功" in shown
    assert not any(row.action.startswith("security.") for row in entries_of(cast["applicant"]))
    client = Client()
    client.force_login(cast["department"], backend=BACKEND)
    answer = client.get("/admin/reports/site-history/")
    assert "203.0.113.7" not in answer.content.decode()


def test_it_is_kept_183_days_and_the_journal_for_ever() -> None:
    person = make_cast()["applicant"]
    ModelLogEntry.objects.all().delete()
    for _row in range(2):
        note_security("sign_in", person)
    note_change(person, "person.edit", by=None)
    old, young, journal = ModelLogEntry.objects.order_by("pk")
    now = timezone.now()
    for row, days in ((old, KEPT_DAYS + 1), (young, KEPT_DAYS - 1), (journal, 4000)):
        ModelLogEntry.objects.filter(pk=row.pk).update(timestamp=now - timedelta(days=days))
    out = StringIO()
    call_command("clear_security_log", stdout=out)
    assert out.getvalue() == "Entries of the security log cleared: 1.\n"
    assert set(ModelLogEntry.objects.all()) == {young, journal}
