"""Staff prove who they are twice."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django_otp.oath import totp
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from config.second_factor import devices

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


@pytest.mark.usefixtures("phone")
def test_an_administrator_helps_somebody_who_lost_the_phone(admin_client: Client, editor) -> None:
    address = f"/admin/second-factor/reset/{editor.pk}/"
    assert address in admin_client.get("/admin/users/").content.decode()
    assert "editor" in admin_client.get(address).content.decode()
    admin_client.post(address)
    assert not TOTPDevice.objects.filter(user=editor).exists()


def test_nobody_else_can_take_a_phone_away(as_editor: Client, phone: TOTPDevice) -> None:
    as_editor.post(VERIFY, {"code": code_of(phone)})
    as_editor.post(f"/admin/second-factor/reset/{phone.user_id}/")
    assert TOTPDevice.objects.filter(pk=phone.pk).exists()
