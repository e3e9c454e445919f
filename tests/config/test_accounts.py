"""Who comes in by which name, who is locked out, who changes names and first passwords."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from axes.models import AccessAttempt
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from partybuilding.organizations.models import FirstPassword
from partybuilding.organizations.services import set_password
from tests.factories import make_cast

LOGIN = "/portal/login/"
PASSWORD = "/portal/password/"
RIGHT = "a-right-horse-battery"
pytestmark = pytest.mark.django_db


@pytest.fixture
def locks(settings) -> None:
    settings.AXES_ENABLED = True


def wide(text: str) -> str:
    """Return Latin letters as a Chinese keyboard types them in full width."""
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text)


def sign_in(name: str, password: str = RIGHT, address: str = "10.0.0.1") -> Any:
    return Client(REMOTE_ADDR=address).post(LOGIN, {"username": name, "password": password})


@pytest.fixture
def person():
    return get_user_model().objects.create_user("ZhangSan", password=RIGHT)


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize(
    "name", ["ZhangSan", "zhangsan", "ZHANGSAN", wide("zhangsan"), " zhangsan"]
)
def test_a_login_name_is_the_same_in_capitals(name: str) -> None:
    assert sign_in(name).status_code == 302
    assert sign_in(name, "another").status_code == 200


def test_of_two_old_names_that_differ_in_capitals_each_is_its_own(person) -> None:
    other = get_user_model().objects.create_user("zhangsan", password="another-horse-battery")
    assert sign_in("ZhangSan").wsgi_request.user == person
    assert sign_in("zhangsan", "another-horse-battery").wsgi_request.user == other
    assert sign_in("ZHANGSAN").status_code == 200


@pytest.mark.usefixtures("person")
@pytest.mark.parametrize("name", ["zhangsan", wide("ZHANGSAN")])
def test_an_administrator_cannot_give_a_name_twice(admin_client: Client, name: str) -> None:
    sent = {"username": name, "first_name": "张三", "email": "z@example.org"}
    sent |= {"password1": RIGHT, "password2": RIGHT}
    answer = admin_client.post(reverse("wagtailusers_users:add"), sent)
    assert answer.status_code == 200
    assert get_user_model().objects.filter(username__iexact="zhangsan").count() == 1


def test_an_administrator_gives_and_changes_a_free_name(admin_client: Client) -> None:
    sent = {"username": "lisi", "first_name": "李四", "email": "l@example.org"}
    sent |= {"password1": RIGHT, "password2": RIGHT}
    admin_client.post(reverse("wagtailusers_users:add"), sent)
    person = get_user_model().objects.get(username="lisi")
    assert FirstPassword.objects.filter(user=person).exists()
    sent |= {"first_name": "李四四", "is_active": "on", "password1": "", "password2": ""}
    assert admin_client.post(f"/admin/users/edit/{person.pk}/", sent).status_code == 302
    person.refresh_from_db()
    assert person.first_name == "李四四"


@pytest.mark.usefixtures("locks", "person")
def test_eight_failures_of_one_name_lock_it_for_half_an_hour() -> None:
    for name in ["ZhangSan", "zhangsan"] * 4:
        last = sign_in(name, "wrong")
    assert last.status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=20)):
        assert sign_in("zhangsan", "wrong").status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert sign_in("zhangsan").status_code == 302


def test_elsewhere_the_name_is_open(locks, person) -> None:
    failures("zhangsan", "10.0.0.1", 8)
    assert sign_in("zhangsan").status_code == 429
    assert sign_in("zhangsan", address="10.0.0.2").status_code == 302


def failures(name: str, address: str, count: int) -> None:
    AccessAttempt.objects.create(
        username=name,
        ip_address=address,
        user_agent="x",
        failures_since_start=count,
        attempt_time=timezone.now(),
        get_data="",
        post_data="",
        path_info="/",
    )


@pytest.mark.usefixtures("locks", "person")
@pytest.mark.parametrize(("count", "answer"), [(39, 302), (40, 429)])
def test_forty_failures_lock_an_address_for_every_name(count: int, answer: int) -> None:
    for number in range(8):
        failures(f"name{number}", "10.0.0.1", 5 if number < 7 else count - 35)
    assert sign_in("zhangsan").status_code == answer
    assert sign_in("zhangsan", address="10.0.0.2").status_code == 302


@pytest.mark.usefixtures("locks", "person")
@pytest.mark.parametrize(("count", "answer"), [(59, 302), (60, 429)])
def test_sixty_failures_lock_a_name_everywhere_for_half_an_hour(count: int, answer: int) -> None:
    for number in range(10):
        failures("zhangsan", f"10.0.1.{number}", 6 if number < 9 else count - 54)
    assert sign_in("ZhangSan").status_code == answer
    with time_machine.travel(timezone.now() + timedelta(minutes=31)):
        assert sign_in("ZhangSan").status_code == 302


@pytest.mark.usefixtures("locks", "person")
def test_ones_own_sign_in_clears_no_other_failures_of_the_address() -> None:
    failures("other", "10.0.0.1", 7)
    failures("zhangsan", "10.0.0.1", 7)
    assert sign_in("zhangsan").status_code == 302
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["other"]


def test_people_do_not_rename_themselves(as_editor: Client, editor) -> None:
    editor.first_name, editor.email = "王编辑", "wang@example.org"
    editor.save()
    shown = as_editor.get("/admin/account/").content.decode()
    assert 'value="王编辑"' in shown
    assert "disabled" in shown
    sent = {
        "name_email-first_name": "部长",
        "name_email-name": "部长",
        "name_email-last_name": "张",
    }
    sent |= {"name_email-email": "boss@example.org", "theme-theme": "dark"}
    sent |= {"theme-contrast": "system", "theme-density": "default"}
    assert as_editor.post("/admin/account/", sent).status_code == 302
    editor.refresh_from_db()
    assert (editor.get_full_name(), editor.email) == ("王编辑", "wang@example.org")
    assert editor.wagtail_userprofile.theme == "dark"


def test_a_password_that_an_administrator_set_is_changed_first(settings) -> None:
    cast = make_cast()
    officer, applicant = cast["department"], cast["applicant"]
    desk = Client()
    desk.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    address = f"/admin/party/people/{applicant.pk}/password/"
    desk.post(address, {"password": RIGHT, "again": RIGHT})
    client = Client()
    client.post(LOGIN, {"username": applicant.username, "password": RIGHT})
    for path in ("/portal/", "/portal/messages/", "/portal/files/1/", "/documents/1/x.pdf"):
        assert client.get(path)["Location"] == PASSWORD, path
    assert client.post("/portal/start/")["Location"] == PASSWORD
    assert "由管理员设定" in client.get(PASSWORD).content.decode()
    sent = {"old_password": RIGHT, "new_password1": RIGHT, "new_password2": RIGHT}
    assert client.post(PASSWORD, sent).status_code == 200
    mine = "only-i-know-this-one"
    sent |= {"new_password1": mine, "new_password2": mine}
    assert client.post(PASSWORD, sent).status_code == 302
    assert client.get("/portal/").status_code == 200
    again = Client()
    again.post(LOGIN, {"username": applicant.username, "password": mine})
    assert again.get("/portal/").status_code == 200


def test_in_the_cms_too(settings) -> None:
    cast = make_cast()
    FirstPassword.objects.create(user=cast["editor"])
    client = Client()
    client.force_login(cast["editor"], backend="django.contrib.auth.backends.ModelBackend")
    for path in ("/admin/", "/admin/account/", "/admin/pages/2/", "/admin/api/main/pages/"):
        assert client.get(path)["Location"] == PASSWORD, path
    assert client.get(PASSWORD).status_code == 200
    assert client.get("/").status_code == 200
    assert client.post("/admin/logout/").status_code == 302


def test_what_the_demonstration_sets_is_not_asked_for() -> None:
    cast = make_cast()
    set_password(cast["applicant"], "demo", by=None)
    assert not FirstPassword.objects.exists()


@pytest.mark.parametrize(
    "password", ["short-eleve", "123456789012", "password1234", "zhangsan1234"]
)
def test_a_password_has_twelve_characters_and_is_no_common_one(password: str, person) -> None:
    from config.settings import base

    with pytest.raises(ValidationError):
        validate_password(password, person, _validators(base))
    validate_password("twelve-chars", person, _validators(base))


def _validators(base: Any) -> Any:
    from django.contrib.auth.password_validation import get_password_validators

    return get_password_validators(base.AUTH_PASSWORD_VALIDATORS)
