"""Staff prove who they are twice."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import get_resolver
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice
from wagtail.models import ModelLogEntry

from config.second_factor import devices
from config.second_factor.middleware import OPEN
from partybuilding.core.models import Notice

VERIFY = "/admin/second-factor/"
SETUP = "/admin/second-factor/setup/"


@pytest.fixture
def required(settings) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = True


@pytest.fixture
def phone(editor) -> TOTPDevice:
    """Make a phone that the editor has set up before."""
    return TOTPDevice.objects.create(user=editor, name="phone", confirmed=True)


def code_of(phone: TOTPDevice) -> str:
    """Return what the phone shows now."""
    return f"{totp(phone.bin_key):06d}"


@pytest.mark.usefixtures("required")
def test_without_a_second_factor_the_administration_stays_shut(as_editor: Client) -> None:
    answer = as_editor.get("/admin/pages/2/")
    assert answer.status_code == 302
    assert answer["Location"] == f"{VERIFY}?next=%2Fadmin%2Fpages%2F2%2F"


@pytest.mark.usefixtures("required")
def test_nor_can_anything_be_sent_to_it(as_editor: Client) -> None:
    assert as_editor.post("/admin/pages/2/edit/")["Location"] == VERIFY


@pytest.mark.usefixtures("required")
def test_somebody_without_a_phone_is_led_to_set_one_up(as_editor: Client) -> None:
    answer = as_editor.get("/admin/", follow=True)
    assert answer.redirect_chain[-1][0].startswith(SETUP)
    assert 'src="data:image/svg+xml' in answer.content.decode()
    assert "二维码" in answer.content.decode()


@pytest.mark.usefixtures("required")
def test_setting_up_a_phone_opens_the_door_and_shows_backup_codes_once(
    as_editor: Client, editor
) -> None:
    as_editor.get(SETUP)
    answer = as_editor.post(SETUP, {"code": code_of(devices.pending_phone(editor))})
    shown = set(re.findall(r"<li><code>(\w+)</code>", answer.content.decode()))
    assert shown == set(StaticToken.objects.values_list("token", flat=True))
    assert len(shown) == 8
    assert as_editor.get("/admin/account/").status_code == 200


@pytest.mark.usefixtures("required")
def test_a_wrong_first_code_confirms_nothing(as_editor: Client, editor) -> None:
    answer = as_editor.post(SETUP, {"code": "000000"})
    assert "验证码不正确" in answer.content.decode()
    assert devices.confirmed_phone(editor) is None


@pytest.mark.usefixtures("required", "phone")
def test_an_empty_code_is_answered_in_words(as_editor: Client) -> None:
    answer = as_editor.post(VERIFY, {"code": " "})
    assert '<li class="error">此项必填。</li>' in answer.content.decode()


@pytest.mark.usefixtures("required")
def test_the_code_of_the_phone_opens_the_door(as_editor: Client, phone: TOTPDevice) -> None:
    spaced = f"{code_of(phone)[:3]} {code_of(phone)[3:]}"
    answer = as_editor.post(VERIFY, {"code": spaced, "next": "/admin/account/"})
    assert answer["Location"] == "/admin/account/"
    assert as_editor.get("/admin/account/").status_code == 200


@pytest.mark.usefixtures("required")
def test_a_code_works_once(as_editor: Client, phone: TOTPDevice, editor) -> None:
    code = code_of(phone)
    as_editor.post(VERIFY, {"code": code})
    again = Client()
    again.force_login(editor, backend="django.contrib.auth.backends.ModelBackend")
    assert "验证码不正确" in again.post(VERIFY, {"code": code}).content.decode()


@pytest.mark.usefixtures("required", "phone")
def test_a_backup_code_works_once(as_editor: Client, editor) -> None:
    code = devices.new_backup_codes(editor)[0]
    assert as_editor.post(VERIFY, {"code": code.upper()}).status_code == 302
    assert devices.verify(editor, code) is None


@pytest.mark.usefixtures("required", "phone")
def test_guessing_is_slowed_down(as_editor: Client, phone: TOTPDevice) -> None:
    as_editor.post(VERIFY, {"code": "000000"})
    assert as_editor.post(VERIFY, {"code": code_of(phone)}).status_code == 200


@pytest.mark.usefixtures("required", "phone")
def test_a_password_alone_cannot_put_another_phone_in_place(as_editor: Client, editor) -> None:
    as_editor.post(SETUP, {"code": code_of(devices.pending_phone(editor))})
    assert as_editor.get(SETUP)["Location"] == VERIFY
    assert TOTPDevice.objects.filter(user=editor, confirmed=True).count() == 1
    assert as_editor.get("/admin/account/").status_code == 302


@pytest.mark.usefixtures("required", "phone")
def test_one_persons_code_does_not_open_anothers_door(as_editor: Client) -> None:
    other = get_user_model().objects.create_user("other")
    theirs = TOTPDevice.objects.create(user=other, name="phone", confirmed=True)
    assert as_editor.post(VERIFY, {"code": code_of(theirs)}).status_code == 200


@pytest.mark.usefixtures("required")
def test_after_the_code_nobody_is_led_to_a_foreign_site(
    as_editor: Client, phone: TOTPDevice
) -> None:
    answer = as_editor.post(VERIFY, {"code": code_of(phone), "next": "https://evil.example/"})
    assert answer["Location"] == "/admin/"


@pytest.mark.usefixtures("required")
def test_signing_out_needs_no_code(as_editor: Client) -> None:
    assert as_editor.post("/admin/logout/")["Location"] == "/admin/login/"


@pytest.mark.usefixtures("required")
def test_an_applicant_is_not_asked(client: Client, django_user_model) -> None:
    client.force_login(
        django_user_model.objects.create_user("applicant"),
        backend="django.contrib.auth.backends.ModelBackend",
    )
    assert not client.get("/portal/").get("Location", "").startswith(VERIFY)


def test_where_it_is_not_required_only_those_who_chose_it_are_asked(
    as_editor: Client, editor
) -> None:
    assert as_editor.get("/admin/account/").status_code == 200
    TOTPDevice.objects.create(user=editor, name="phone", confirmed=True)
    assert as_editor.get("/admin/account/").status_code == 302


def test_everybody_is_offered_it_on_the_account_page(as_editor: Client) -> None:
    assert SETUP in as_editor.get("/admin/account/").content.decode()


@pytest.fixture
def administrator(admin_user):
    """Return the administrator with a phone and a known password."""
    admin_user.set_password("wrong-horse-battery")
    admin_user.save()
    TOTPDevice.objects.create(user=admin_user, name="phone", confirmed=True)
    return admin_user


@pytest.fixture
def as_administrator(administrator) -> Client:
    """Return a browser in which the administrator has given password and code."""
    client = Client()
    client.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    client.post(VERIFY, {"code": code_of(devices.confirmed_phone(administrator))})
    return client


def reset_of(person) -> str:
    return f"/admin/second-factor/reset/{person.pk}/"


@pytest.mark.usefixtures("phone")
def test_an_administrator_helps_somebody_who_lost_the_phone(
    as_administrator: Client, administrator, editor
) -> None:
    address = reset_of(editor)
    assert address in as_administrator.get("/admin/users/").content.decode()
    assert "editor" in as_administrator.get(address).content.decode()
    assert as_administrator.post(address, {"password": "wrong-horse-battery"}).status_code == 302
    assert not TOTPDevice.objects.filter(user=editor).exists()
    noted = ModelLogEntry.objects.get(action="security.factor_reset")
    assert (noted.object_id, noted.user) == (str(editor.pk), administrator)
    assert noted.data == {"address": "127.0.0.1"}
    assert Notice.objects.get(recipient=editor).subject == "您账号的二次验证已被重置。"


@pytest.mark.usefixtures("phone")
@pytest.mark.parametrize("password", ["", "right-horse", "demo"])
def test_a_reset_asks_for_the_administrators_own_password_again(
    as_administrator: Client, editor, password: str
) -> None:
    answer = as_administrator.post(reset_of(editor), {"password": password})
    assert answer.status_code == 200
    assert TOTPDevice.objects.filter(user=editor).exists()


@pytest.mark.usefixtures("phone")
@pytest.mark.parametrize("is_required", [True, False])
def test_with_the_password_alone_nobodys_factor_is_reset(
    administrator, editor, settings, is_required: bool
) -> None:
    settings.STAFF_SECOND_FACTOR_REQUIRED = is_required
    thief = Client()
    thief.force_login(administrator, backend="django.contrib.auth.backends.ModelBackend")
    for person in (editor, administrator):
        answer = thief.post(reset_of(person), {"password": "wrong-horse-battery"})
        assert answer["Location"].startswith(VERIFY)
        assert TOTPDevice.objects.filter(user=person, confirmed=True).exists()


def test_an_administrator_without_a_phone_resets_nobodys(admin_client: Client, phone) -> None:
    answer = admin_client.post(reset_of(phone.user), {"password": "password"})
    assert answer["Location"].startswith(VERIFY)
    assert TOTPDevice.objects.filter(pk=phone.pk).exists()


def test_nobody_resets_their_own(as_administrator: Client, administrator) -> None:
    address = reset_of(administrator)
    assert address not in as_administrator.get("/admin/users/").content.decode()
    as_administrator.post(address, {"password": "wrong-horse-battery"})
    assert devices.confirmed_phone(administrator)


def test_nobody_else_can_take_a_phone_away(
    as_editor: Client, phone: TOTPDevice, admin_user
) -> None:
    as_editor.post(VERIFY, {"code": code_of(phone)})
    theirs = TOTPDevice.objects.create(user=admin_user, name="phone", confirmed=True)
    as_editor.post(reset_of(admin_user), {"password": "right-horse"})
    assert TOTPDevice.objects.filter(pk=theirs.pk).exists()


@pytest.mark.usefixtures("required")
def test_before_the_code_only_what_is_listed_is_open(as_editor: Client, phone: TOTPDevice) -> None:
    addresses = _addresses("admin/", "portal/", "documents/")
    assert len(addresses) > 200
    assert addresses >= OPEN
    for path in addresses - OPEN:
        answer = as_editor.get(path)
        assert (answer.status_code, answer.get("Location", "")[: len(VERIFY)]) == (302, VERIFY), (
            path
        )


def _addresses(*roots: str) -> set[str]:
    """Return an address for every pattern below the roots, numbers and words made up."""
    found = set()

    def walk(resolver, prefix: str) -> None:
        for one in resolver.url_patterns:
            path = prefix + str(one.pattern)
            if hasattr(one, "url_patterns"):
                walk(one, path)
            elif "(" not in path and "^" not in path:
                found.add("/" + re.sub(r"<(\w+:)?\w+>", "1", path))

    walk(get_resolver(), "")
    return {path for path in found if path.startswith(tuple(f"/{root}" for root in roots))}


def test_a_second_phone_takes_the_place_of_the_first_with_code_and_password(
    as_editor: Client, phone: TOTPDevice, editor
) -> None:
    as_editor.post(VERIFY, {"code": code_of(phone)})
    assert 'name="password"' in as_editor.get(SETUP).content.decode()
    code = code_of(devices.pending_phone(editor))
    for password in ("", "wrong-horse"):
        as_editor.post(SETUP, {"code": code, "password": password})
        assert devices.confirmed_phone(editor) == phone
    as_editor.post(SETUP, {"code": code, "password": "right-horse"})
    assert devices.confirmed_phone(editor) != phone
    assert TOTPDevice.objects.filter(user=editor).count() == 1
    assert Notice.objects.filter(recipient=editor).count() == 1
    assert ModelLogEntry.objects.filter(action="security.factor_set", user=editor).count() == 1


@pytest.mark.usefixtures("phone")
def test_guessing_backup_codes_is_slowed_down_too(as_editor: Client, editor) -> None:
    code = devices.new_backup_codes(editor)[0]
    as_editor.post(VERIFY, {"code": "abcdefgh"})
    assert as_editor.post(VERIFY, {"code": code}).status_code == 200
    assert ModelLogEntry.objects.filter(action="security.factor_failed").count() == 2


def test_on_the_server_the_last_administrators_phone_is_reset(administrator, capsys) -> None:
    call_command("reset_second_factor", administrator.username.upper())
    assert devices.confirmed_phone(administrator) is None
    noted = ModelLogEntry.objects.get(action="security.factor_reset")
    assert (noted.object_id, noted.user, noted.data) == (str(administrator.pk), None, {})
    with pytest.raises(CommandError, match="Nobody"):
        call_command("reset_second_factor", "nobody")
