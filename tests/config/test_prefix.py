"""The whole site works below a path of somebody else's host."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from config.wsgi import below_prefix

ROOT = Path(__file__).resolve().parents[2]
PROBE = """
import io, config.wsgi, sys
for path in ("/column/healthz", "/healthz", "/column/admin/login/"):
    environ = {"PATH_INFO": path, "REQUEST_METHOD": "GET", "REMOTE_ADDR": "127.0.0.1", "SERVER_NAME": "localhost",
               "SERVER_PORT": "80", "wsgi.input": io.BytesIO(), "wsgi.errors": sys.stderr,
               "wsgi.url_scheme": "http", "QUERY_STRING": ""}
    def start(status, headers, info=None):
        cookies = [v for k, v in headers if k == "Set-Cookie"]
        print(path, status, all("Path=/column/" in cookie for cookie in cookies), len(cookies))
    body = b"".join(config.wsgi.application(environ, start))
    if b"action=" in body:
        print(b'action="/column/admin/login/"' in body, b'href="/column/static/' in body)
"""


@pytest.mark.parametrize(
    ("path", "inner"),
    [("/column/a/", "/a/"), ("/column", "/"), ("/column/", "/"), ("/columns/", "/columns/")],
)
def test_only_a_whole_first_part_is_the_prefix(path: str, inner: str) -> None:
    seen = {}
    below_prefix(lambda environ, start: seen.update(environ) or [], "/column")(
        {"PATH_INFO": path}, lambda *_: None
    )
    assert seen["PATH_INFO"] == inner


def test_addresses_files_and_cookies_carry_the_prefix(
    tmp_path: Path, django_db_setup: None
) -> None:
    shutil.copyfile(connection.settings_dict["NAME"], tmp_path / "data.sqlite3")
    done = subprocess.run(
        [sys.executable, "-c", PROBE],
        env={
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT / "site"),
            "DJANGO_SETTINGS_MODULE": "config.settings.dev",
            "DEBUG": "1",
            "URL_PREFIX": "column/",
            "DATA_DIR": str(tmp_path),
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.splitlines() == [
        "/column/healthz 200 OK True 0",
        "/healthz 200 OK True 0",
        "/column/admin/login/ 200 OK True 1",
        "True True",
    ], done.stderr
