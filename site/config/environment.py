"""Read settings from the environment, and say in one line what is wrong with them."""

import os
import re
from email.utils import parseaddr
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.core.validators import EmailValidator

#: How long a writer waits for another one.
LOCK_SECONDS = 10
_TRUE, _FALSE = {"1", "true", "yes", "on"}, {"0", "false", "no", "off", ""}


def env(name: str, default: str) -> str:
    """Return the variable `name`, or the default."""
    return os.environ.get(name, default)


def env_bool(name: str, default: bool) -> bool:
    """Return `name` as a truth value; anything but yes/no words stops the start."""
    text = os.environ.get(name)
    if text is None:
        return default
    if text.lower() in _TRUE | _FALSE:
        return text.lower() in _TRUE
    raise ImproperlyConfigured(f"{name} must be one of 1, 0, true, false, yes, no, on, off.")


def env_int(name: str, default: int) -> int:
    """Return `name` as a whole number."""
    text = os.environ.get(name)
    try:
        return default if text is None else int(text)
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} must be a whole number.") from error


def env_list(name: str) -> list[str]:
    """Return `name` split at commas, without empty parts."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


def require(*names: str) -> None:
    """Stop the start, in one line, when one of the variables is missing or empty."""
    missing = [name for name in names if not os.environ.get(name, "").strip()]
    if missing:
        raise ImproperlyConfigured(f"Set {', '.join(missing)} (see docs/settings.md).")


#: What a key is at least, in characters; Django's own deployment check asks for the same.
KEY_LENGTH = 50
#: How every key of a workplace of one's own begins; a server refuses them.
DEV_KEY = "dev-only-"


def trail_keys(text: str) -> dict[str, str]:
    """Turn `id:secret,id:secret` into the keys of the trail; the first is written with.

    The older ones stay until `manage.py rekey_trail` has hashed their rows anew.
    """
    keys: dict[str, str] = {}
    for part in filter(None, (part.strip() for part in text.split(","))):
        key_id, _colon, secret = part.partition(":")
        if not re.fullmatch(r"[A-Za-z0-9_.-]{1,20}", key_id) or not secret or key_id in keys:
            raise ImproperlyConfigured("TRAIL_KEY must be id:secret, several separated by commas.")
        keys[key_id] = secret
    return keys


def refuse_unsafe(*, secrets: dict[str, str], hosts: list[str], base_url: str) -> None:
    """Stop the start, in one line, when a server would run with what only a workplace may have.

    Args:
        secrets: the name of the variable that each secret comes from.
    """
    for secret, name in secrets.items():
        if secret.startswith((DEV_KEY, "django-insecure-")):
            raise ImproperlyConfigured(f"{name} is a public key of development; make one's own.")
        if len(secret) < KEY_LENGTH or len(set(secret)) < 5:
            raise ImproperlyConfigured(f"{name} needs at least {KEY_LENGTH} characters by chance.")
    if any("*" in host for host in hosts):
        raise ImproperlyConfigured("ALLOWED_HOSTS must name the hosts; * lets anybody's name in.")
    parts = urlsplit(base_url)
    if parts.scheme != "https" or not parts.hostname:
        raise ImproperlyConfigured("BASE_URL must be an address that begins with https://.")


def refuse_mail(*, host: str, sender: str, tls: bool, ssl: bool) -> None:
    """Stop the start, in one line, when no mail could be sent, or all of them would be refused."""
    if not host:
        return
    if tls and ssl:
        raise ImproperlyConfigured("Set EMAIL_USE_TLS (STARTTLS) or EMAIL_USE_SSL, not both.")
    _name, address = parseaddr(sender)
    try:
        EmailValidator(allowlist=[])(address)  # localhost is nobody's sender
    except ValidationError as error:
        said = "DEFAULT_FROM_EMAIL must be an address that EMAIL_HOST sends for."
        raise ImproperlyConfigured(said) from error


def url_prefix(text: str) -> str:
    """Return the path that the site lives under as `/path`, or nothing for the root."""
    path = text.strip().strip("/")
    return f"/{path}" if path else ""


def database_from_url(url: str) -> dict[str, Any]:
    """Turn `sqlite:///path` or `postgres://user:password@host:port/name?option=value` into Django's.

    SQLite runs with IMMEDIATE transactions, so that a second writer waits instead of failing, and
    with synchronous=FULL, so that an acknowledged commit survives a power cut.
    """
    parts = urlsplit(url)
    if parts.scheme == "sqlite":
        return sqlite_database(unquote(parts.path[1:]))
    if parts.scheme in {"postgres", "postgresql"}:
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path[1:]),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": str(parts.port or ""),
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
            "OPTIONS": {**postgres_limits(), **dict(parse_qsl(parts.query))},
        }
    raise ImproperlyConfigured("DATABASE_URL must start with sqlite:/// or postgres://.")


def replicas_from_urls(urls: list[str], primary: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """Return Django's settings of the replicas by their aliases; they take no writes, whatever they are.

    A replica that does not answer is left out within two seconds.
    """
    found = {}
    for number, url in enumerate(urls, start=1):
        replica = database_from_url(url)
        if not (primary["ENGINE"] == replica["ENGINE"] == "django.db.backends.postgresql"):
            raise ImproperlyConfigured("DATABASE_REPLICA_URL is for PostgreSQL, as DATABASE_URL.")
        options = replica["OPTIONS"]
        options["connect_timeout"] = 2
        options["options"] = f"{options['options']} -c default_transaction_read_only=on"
        found[f"replica{number}"] = {**replica, "TEST": {"MIRROR": "default"}}
    return found


def postgres_limits() -> dict[str, Any]:
    """Return the limits of a connection: one forgotten lock must not hold every reader.

    Statements of the server end after DATABASE_STATEMENT_SECONDS; commands set no such limit (manage.py),
    nor one on thinking between two statements: a migration or a dump may take its time. PostgreSQL compiles
    no query: that took 290 of 347 ms of one that reads a thousand rows. It reckons with a disk that reads here
    as fast as there, and most of it from memory: with its own figure, of turning disks, it reads whole tables to
    find the few projects of the years under way.
    """
    seconds = env_int("DATABASE_STATEMENT_SECONDS", 30)
    limits = {
        "statement_timeout": f"{seconds}s",
        "lock_timeout": f"{LOCK_SECONDS}s",
        "idle_in_transaction_session_timeout": "60s" if seconds else "0",
        "jit": "off",
        "random_page_cost": "1.1",
    }
    options = " ".join(f"-c {name}={value}" for name, value in limits.items())
    return {"connect_timeout": 5, "options": options}


def bucket_storages(bucket: str) -> dict[str, Any]:
    """Return Django's storages of pictures and case files as two folders of one private bucket."""
    facts = {
        "bucket_name": bucket,
        "endpoint_url": env("S3_ENDPOINT_URL", "") or None,
        "region_name": env("S3_REGION", "") or None,
        "access_key": env("S3_ACCESS_KEY_ID", "") or None,
        "secret_key": env("S3_SECRET_ACCESS_KEY", "") or None,
        "default_acl": None,
        "file_overwrite": False,
    }
    folders = {"default": "media", "private": "private"}
    backend = "config.storage.SiteAddressStorage"
    return {
        alias: {"BACKEND": backend, "OPTIONS": {**facts, "location": folder}}
        for alias, folder in folders.items()
    }


def sqlite_database(path: str | Path) -> dict[str, Any]:
    """Return Django's settings of one SQLite file, safe for several writers and power cuts."""
    return {
        "ENGINE": "config.sqlite3",
        "NAME": str(path) or ":memory:",
        # Seconds; opening costs more than most pages ask, and the last one to close writes everything back.
        "CONN_MAX_AGE": 60,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": LOCK_SECONDS,
            "init_command": (
                "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
            ),
        },
    }
