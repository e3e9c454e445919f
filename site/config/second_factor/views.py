"""The pages of the second factor: set up a phone, show a code, keep backup codes, help a colleague."""

import logging
from base64 import b32encode

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
from config.second_factor.forms import CodeForm

security_log = logging.getLogger("partybuilding.security")


@require_http_methods(["GET", "POST"])
def verify(request: HttpRequest) -> HttpResponse:
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
        form.refuse()
    return render(request, "second_factor/verify.html", {"form": form, "next": _target(request)})


@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """Show the picture to scan, and take the first code; then show the backup codes once."""
    if devices.confirmed_phone(request.user) and not request.user.is_verified():
        return redirect(reverse("second_factor:verify") + _query(request))
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        phone = devices.confirm_phone(request.user, form.cleaned_data["code"])
        if phone:
            django_otp.login(request, phone)
            codes = devices.new_backup_codes(request.user)
            return render(
                request, "second_factor/codes.html", {"codes": codes, "next": _target(request)}
            )
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


@require_http_methods(["GET", "POST"])
def reset(request: HttpRequest, user_id: int) -> HttpResponse:
    """Take the devices from a colleague who has lost them; system administrators only."""
    if not request.user.is_superuser:
        raise PermissionDenied
    person = get_object_or_404(get_user_model(), pk=user_id)
    if request.method == "POST":
        devices.forget(person)
        security_log.warning("second factor reset", extra={"user_id": person.pk})
        messages.success(request, _("The second factor was reset."))
        return redirect("wagtailusers_users:index")
    return render(request, "second_factor/reset.html", {"person": person})


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
