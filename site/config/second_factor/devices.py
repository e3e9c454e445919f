"""The devices of a person: the phone that shows codes, and the backup codes on paper."""

from django.contrib.auth.models import AbstractBaseUser
from django.db import transaction
from django_otp import verify_token
from django_otp.models import Device
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

BACKUP_CODES = 8


def confirmed_phone(user: AbstractBaseUser) -> TOTPDevice | None:
    """Return the phone that proves who the user is."""
    return TOTPDevice.objects.filter(user=user, confirmed=True).first()


def pending_phone(user: AbstractBaseUser) -> TOTPDevice:
    """Return the phone that the user is setting up, the same one until it is confirmed."""
    found = TOTPDevice.objects.filter(user=user, confirmed=False).first()
    return found or TOTPDevice.objects.create(user=user, name="phone", confirmed=False)


@transaction.atomic
def confirm_phone(user: AbstractBaseUser, code: str) -> TOTPDevice | None:
    """Make the pending phone the user's only one, if it shows the right code."""
    phone = pending_phone(user)
    if not verify_token(user, phone.persistent_id, code):
        return None
    TOTPDevice.objects.filter(user=user).exclude(pk=phone.pk).delete()
    phone.refresh_from_db()
    phone.confirmed = True
    phone.save(update_fields=["confirmed"])
    return phone


@transaction.atomic
def new_backup_codes(user: AbstractBaseUser) -> list[str]:
    """Replace the user's backup codes and return the new ones, to be shown once."""
    StaticDevice.objects.filter(user=user).delete()
    paper = StaticDevice.objects.create(user=user, name="backup")
    codes = [StaticToken.random_token() for _ in range(BACKUP_CODES)]
    StaticToken.objects.bulk_create(StaticToken(device=paper, token=code) for code in codes)
    return codes


def verify(user: AbstractBaseUser, code: str) -> Device | None:
    """Return the device that the code proves, the phone or the paper, if it does."""
    is_from_phone = code.isdigit() and len(code) == 6
    kind = TOTPDevice if is_from_phone else StaticDevice
    device = kind.objects.filter(user=user, confirmed=True).first()
    return device and verify_token(user, device.persistent_id, code)


@transaction.atomic
def forget(user: AbstractBaseUser) -> None:
    """Take all devices from a user who has lost them; the next login sets up a new one."""
    TOTPDevice.objects.filter(user=user).delete()
    StaticDevice.objects.filter(user=user).delete()
