"""The pages of the second factor: set up a phone, show a code, keep backup codes, help a colleague."""

import logging
from base64 import b32encode
from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

import django_otp
import segno
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config.second_factor import devices
from config.second_factor.forms import CodeForm, NextPhoneForm, PasswordAgainForm
from partybuilding.core.machine.attempts import NoticeDraft
from partybuilding.core.services import post_notices
from partybuilding.organizations.security import note_security

security_log = logging.getLogger("partybuilding.security")


class StaffRequest(HttpRequest):
    """A request of somebody who signed in; django_otp gives them `is_verified`."""

    user: Any


@require_http_methods(["GET", "POST"])
def verify(request: StaffRequest) -> HttpResponse:
    """Ask for a code; somebody who has no phone yet sets one up first."""
    if devices.confirmed_phone(request.user) is None:
        return redirect(reverse("second_factor:setup") + _query(request))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        device = devices.verify(request.user, form.cleaned_data["code"])
        if device:
            django_otp.login(request, device)
            return redirect(_target(request))
        security_log.warning("second factor refused")
        note_security("factor_failed", request.user)
        form.refuse()
    return render(request, "second_factor/verify.html", {"form": form, "next": _target(request)})


@require_http_methods(["GET", "POST"])
def setup(request: StaffRequest) -> HttpResponse:
    """Show the picture to scan, and take the first code; then show the backup codes once.

    Before the code it is open to who has no phone yet; a second phone takes the place of the first
    only with the code of the first and the password.
    """
    has_phone = devices.confirmed_phone(request.user) is not None
    if has_phone and not request.user.is_verified():
        return redirect(reverse("second_factor:verify") + _query(request))
    form = _setup_form(request, has_phone)
    if request.method == "POST" and form.is_valid():
        phone = devices.confirm_phone(request.user, form.cleaned_data["code"])
        if phone:
            django_otp.login(request, phone)
            codes = devices.new_backup_codes(request.user)
            _tell("factor_set", request.user, _("A phone was set up for your account."))
            return render(
                request, "second_factor/codes.html", {"codes": codes, "next": _target(request)}
            )
        note_security("factor_failed", request.user)
        form.refuse()
    phone = devices.pending_phone(request.user)
    picture = segno.make(phone.config_url, error="l").svg_data_uri(scale=5, border=2)
    context = {
        "form": form,
        "picture": picture,
        "key": _in_groups(phone.bin_key),
        "next": _target(request),
    }
    return render(request, "second_factor/setup.html", context)


def _setup_form(request: StaffRequest, has_phone: bool) -> CodeForm:
    if has_phone:
        return NextPhoneForm(request.POST or None, request=request)
    return CodeForm(request.POST or None)


@require_http_methods(["GET", "POST"])
def reset(request: StaffRequest, user_id: int) -> HttpResponse:
    """Take the devices from a colleague who has lost them.

    Only system administrators who have given their own code, with their password once more, and never
    from themselves: whoever has only a password must not get rid of the second proof.
    """
    person = get_object_or_404(get_user_model(), pk=user_id)
    if not request.user.is_superuser or person.pk == request.user.pk:
        raise PermissionDenied
    if not request.user.is_verified():
        return redirect(f"{reverse('second_factor:verify')}?{urlencode({'next': request.path})}")
    form = PasswordAgainForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        devices.forget(person)
        security_log.warning("second factor reset", extra={"user_id": person.pk})
        _tell("factor_reset", person, _("The second factor of your account was reset."))
        messages.success(request, _("The second factor was reset."))
        return redirect("wagtailusers_users:index")
    return render(request, "second_factor/reset.html", {"person": person, "form": form})


def _tell(action: str, person: Any, subject: str) -> None:
    """Note that somebody's second factor changed, and tell them."""
    note_security(action, person)
    body = _("If this was not agreed with you, tell the system administrators at once.")
    draft = NoticeDraft([person], subject, body, reverse("second_factor:setup"))
    post_notices([draft], key=f"second-factor:{uuid4()}")


def _target(request: HttpRequest) -> str:
    """Return where the person was going, if it is on this site."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(
        wanted, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    return wanted if is_ours else reverse("wagtailadmin_home")


def _query(request: HttpRequest) -> str:
    return f"?{request.GET.urlencode()}" if request.GET else ""


def _in_groups(key: bytes) -> str:
    """Return the key as people type it: base 32 in groups of four."""
    text = b32encode(key).decode().rstrip("=")
    return " ".join(text[at : at + 4] for at in range(0, len(text), 4))
