"""Files in object storage keep the site's own addresses."""

import os
import socket
import subprocess
import sys
from pathlib import Path

from config.storage import ATTEMPTS, CONNECT_SECONDS, SILENCE_SECONDS

ROOT = Path(__file__).resolve().parents[2]
SILENT = """
import django, time
from config import storage
storage.CONNECT_SECONDS = storage.SILENCE_SECONDS = 0.3
django.setup()
from django.core.files.base import ContentFile
from django.core.files.storage import storages
began = time.monotonic()
for size in (10, 9 * 1024 * 1024):
    try:
        storages["private"].save("a.bin", ContentFile(bytes(size)))
    except OSError as error:
        print(type(error).__name__)
print(time.monotonic() - began < 8)
"""
PROBE = """
import django
django.setup()
from django.core.files.storage import default_storage, storages
private = storages["private"]
print(default_storage.url("images/红 色.jpg"))
print(default_storage.bucket_name, default_storage.location, private.location)
print(default_storage.default_acl, private.default_acl, private.file_overwrite)
print(default_storage.endpoint_url)
"""


def probe(tmp_path: Path, code: str = PROBE, **variables: str) -> list[str]:
    """Run the probe in a process with these variables and return its lines."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "site"),
            "PYTHONIOENCODING": "utf-8",
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DATA_DIR": str(tmp_path),
            **variables,
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_a_bucket_stays_private_behind_the_sites_addresses(tmp_path: Path) -> None:
    lines = probe(
        tmp_path,
        S3_BUCKET="column",
        S3_ENDPOINT_URL="https://objects.example",
        S3_ACCESS_KEY_ID="key",
        S3_SECRET_ACCESS_KEY="secret",
        URL_PREFIX="/dj",
    )
    assert lines == [
        "/dj/media/images/%E7%BA%A2%20%E8%89%B2.jpg",
        "column media private",
        "None None False",
        "https://objects.example",
    ]


def test_a_silent_object_storage_fails_soon_and_as_a_disk_does(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0), backlog=64) as silent:
        lines = probe(
            tmp_path,
            SILENT,
            S3_BUCKET="column",
            S3_ENDPOINT_URL=f"http://127.0.0.1:{silent.getsockname()[1]}",
            S3_ACCESS_KEY_ID="key",
            S3_SECRET_ACCESS_KEY="secret",
            S3_REGION="cn-north-1",
        )
    assert lines == ["OSError", "OSError", "True"]


def test_the_patience_with_an_object_storage_is_short() -> None:
    assert CONNECT_SECONDS + SILENCE_SECONDS * ATTEMPTS < 30
