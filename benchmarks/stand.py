"""The parts of a site on several machines, each a process of its own on this one, for `machines.py`."""

import contextlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from http.client import HTTPException
from pathlib import Path
from typing import Any

from sites import ROOT, Person, environment, free_port, manage, migrated, must

BIN = Path("/usr/lib/postgresql/15/bin")


class Machines:
    """The parts, by name: each started by a function and killed by its process."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        names = ("primary", "replica", "redis", "store", "one", "two", "nginx")
        self.ports = {name: free_port() for name in names}
        self.parts: dict[str, subprocess.Popen[Any]] = {}
        self.start_database()
        self.site = environment(
            folder / "site",
            self.address("primary"),
            DATABASE_REPLICA_URL=self.address("replica"),
            REDIS_URL=f"redis://127.0.0.1:{self.ports['redis']}/0",
            S3_BUCKET="files",
            S3_ENDPOINT_URL=f"http://127.0.0.1:{self.ports['store']}",
            S3_REGION="here",
            S3_ACCESS_KEY_ID="key",
            S3_SECRET_ACCESS_KEY="secret",
            TASK_WORKER="1",
            WORKERS="2",
            THREADS="2",
            INSTANCES="2",
            FRONT_CACHE_SECONDS="2",
            OPINIONS_PER_ADDRESS="1000000",
            TRUSTED_PROXIES="1",
        )
        for name in ("redis", "store"):
            self.start(name)
        migrated(self.site)
        must(manage(self.site, "collectstatic", "--noinput", "--verbosity=0"))
        self.facts = json.loads(must(manage(self.site, "shell", "--no-imports", "-c", CONTENT)))
        for name in ("one", "two", "worker", "nginx"):
            self.start(name)
        for name in ("one", "two", "nginx"):
            self.wait(name)

    def address(self, name: str) -> str:
        return f"postgres://postgres@127.0.0.1:{self.ports[name]}/party"

    def start_database(self) -> None:
        """Make a cluster and a replica of it."""
        shutil.chown(self.folder, "postgres")
        primary = self.folder / "primary"
        as_postgres(BIN / "initdb", "-D", primary, "-A", "trust", "--no-sync", "-E", "UTF8")
        with (primary / "postgresql.conf").open("a") as settings:
            settings.write("wal_level = replica\nmax_wal_senders = 4\nmax_connections = 60\n")
            settings.write("wal_keep_size = 512MB\nshared_buffers = 128MB\n")
        self.start("primary")
        self.wait_for_database("primary")
        port = str(self.ports["primary"])
        where = ["-h", "127.0.0.1", "-p", port]
        as_postgres("createdb", *where, "party")
        replica = self.folder / "replica"
        as_postgres(
            BIN / "pg_basebackup", *where, "-D", replica, "-R", "-X", "stream", "-c", "fast"
        )
        self.start("replica")
        self.wait_for_database("replica")

    def wait_for_database(self, name: str) -> None:
        for _turn in range(120):
            ready = [str(BIN / "pg_isready"), "-q", "-h", "127.0.0.1", "-p", str(self.ports[name])]
            if subprocess.run(ready).returncode == 0:
                return
            time.sleep(0.25)
        raise SystemExit(f"{name} does not answer.")

    def start(self, name: str) -> None:
        """Start a part, and do not wait for it."""
        command, env = self.command(name)
        log = (self.folder / f"{name}.log").open("a")
        self.parts[name] = subprocess.Popen(
            [str(word) for word in command],
            env=env,
            cwd=ROOT if env else self.folder,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )

    def command(self, name: str) -> tuple[list[Any], dict[str, str] | None]:
        python = [sys.executable, ROOT / "manage.py"]
        if name in ("primary", "replica"):
            data = self.folder / name
            (data / "postmaster.pid").unlink(missing_ok=True)
            socket = ["-c", f"unix_socket_directories={self.folder}"]
            postgres = [BIN / "postgres", "-D", data, "-p", self.ports[name], *socket]
            return ["runuser", "-u", "postgres", "--", *postgres], None
        if name == "redis":
            return ["redis-server", "--port", self.ports[name], "--save", ""], None
        if name == "store":
            return [sys.executable, Path(__file__).with_name("store.py"), self.ports[name]], None
        if name == "worker":
            return [*python, "work"], self.site
        if name == "nginx":
            return ["nginx", "-p", self.folder, "-c", self.proxy(), "-g", "daemon off;"], None
        return [*python, "serve", "--port", self.ports[name]], self.site

    def proxy(self) -> Path:
        """Return the shipped configuration with this machine's ports and folders, and without TLS."""
        text = (ROOT / "deploy" / "nginx" / "partybuilding.conf").read_text()
        text = re.sub(r"server \{\s+listen 80;.*?\n\}\n", "", text, count=1, flags=re.DOTALL)
        text = re.sub(r"^\s*(listen \[|ssl_).*\n", "", text, flags=re.MULTILINE)
        for given, here in {
            "127.0.0.1:8001": f"127.0.0.1:{self.ports['one']}",
            "127.0.0.1:8002": f"127.0.0.1:{self.ports['two']}",
            "listen 443 ssl http2;": f"listen 127.0.0.1:{self.ports['nginx']};",
            "/var/cache/nginx/partybuilding": str(self.folder / "cache"),
            "/var/log/nginx/": f"{self.folder}/",
            "/srv/partybuilding/site": str(ROOT),
            "/srv/partybuilding/data": str(self.folder / "site"),
        }.items():
            assert given in text, given
            text = text.replace(given, here)
        file = self.folder / "nginx.conf"
        pid = f"pid {self.folder}/nginx.pid;\nuser root;\nevents {{}}\n"
        file.write_text(f"{pid}http {{\ninclude /etc/nginx/mime.types;\n{text}\n}}\n")
        return file

    def wait(self, name: str) -> None:
        """Wait until a server answers."""
        for _turn in range(400):
            try:
                if Person(self.ports[name]).get("/", wait=5)[0] == 200:
                    return
            except (OSError, HTTPException):
                pass
            time.sleep(0.25)
        raise SystemExit(f"{name} does not answer: {(self.folder / f'{name}.log').read_text()}")

    def kill(self, name: str) -> None:
        """End a part at once with all its processes."""
        process = self.parts[name]
        if name in ("primary", "replica"):  # runuser has made a session of its own for it
            pid = int((self.folder / name / "postmaster.pid").read_text().split()[0])
            children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True)
            for one in [pid, *map(int, children.stdout.split())]:
                with contextlib.suppress(ProcessLookupError):  # it ended with the others
                    os.kill(one, signal.SIGKILL)
        else:
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def end(self) -> None:
        """Kill what is left."""
        for name, process in reversed(self.parts.items()):
            if process.poll() is None:
                with contextlib.suppress(OSError):
                    self.kill(name)


def as_postgres(*command: Any) -> None:
    """Run a command as PostgreSQL's user, who alone may own a cluster."""
    words = ["runuser", "-u", "postgres", "--", *map(str, command)]
    done = subprocess.run(words, capture_output=True, text=True, cwd="/")
    if done.returncode:
        raise SystemExit(f"{words}: {done.stderr}")


CONTENT = """
import json, sys
from django.conf import settings
settings.ALLOWED_HOSTS = ["*"]
from django.test import Client
from django.urls import reverse
from tests.factories import make_cast
from tests.factories.casebook import make_book
from tests.factories.column import make_page
from tests.factories.news import publish_news
cast = make_cast()
page, news = make_page("implementing", cast), publish_news()
make_book(cast)
cookies = {}
for role in ("department", "editor"):
    client = Client()
    client.force_login(cast[role], backend="django.contrib.auth.backends.ModelBackend")
    cookies[role] = client.cookies["sessionid"].value
book = reverse("partybuilding:casebook", args=[cast.cycle.year])
facts = {"project": page.url, "book": book, "news": news.url, "page": news.pk, "cookies": cookies}
print(json.dumps(facts))
"""
