"""A site of one's own for a proof: its folder, its database, its server, and people who use it.

Imported first by the scripts beside, which are run as they lie: it puts the program on the path.
"""

import hashlib
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from xml.etree import ElementTree

ROOT = Path(__file__).resolve().parents[1]
#: The folder of this file last: `search` is the application.
_HERE = ROOT / "benchmarks"
_others = [path for path in sys.path if Path(path or ".").resolve() != _HERE]
sys.path[:] = [str(ROOT), str(ROOT / "site"), *_others, str(_HERE)]
TOKEN = "a" * 32


def environment(folder: Path, database: str = "", **more: str) -> dict[str, str]:
    """Return the environment of a site that keeps its files in a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    address = database or f"sqlite:///{folder}/data.sqlite3"
    facts = {"DATA_DIR": str(folder), "DATABASE_URL": address, "PYTHONDONTWRITEBYTECODE": ""}
    path = os.pathsep.join([str(ROOT), str(ROOT / "site")])
    own = {"DJANGO_SETTINGS_MODULE": "config.settings.dev", "PYTHONPATH": path}
    return {**os.environ, **own, **facts, **more}


def manage(site: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run a command of a site."""
    command = [sys.executable, str(ROOT / "manage.py"), *arguments]
    return subprocess.run(command, env=site, cwd=ROOT, capture_output=True, text=True)


class Commands:
    """Runs commands of a site in forks of a process that has loaded the program once.

    That takes a tenth of what `manage` takes; the process itself opens no connection.
    """

    def __init__(self, site: dict[str, str]) -> None:
        command = [sys.executable, __file__]
        self.process = subprocess.Popen(
            command, env=site, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )

    def __call__(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """Run a command, as `manage` does; what it says is not told apart."""
        print(json.dumps(arguments), file=self.process.stdin, flush=True)
        assert self.process.stdout is not None
        code, said = json.loads(self.process.stdout.readline())
        return subprocess.CompletedProcess(arguments, code, said, "")

    def end(self) -> None:
        """End the process."""
        self.process.communicate()


def serve_commands() -> None:
    """Run what stands in each line of the input, each in a fork."""
    import django
    from django.core.management import execute_from_command_line

    django.setup()
    for line in sys.stdin:
        with tempfile.TemporaryFile("w+") as said:
            pid = os.fork()
            if pid == 0:
                os.dup2(said.fileno(), 1)
                os.dup2(said.fileno(), 2)
                code = 1
                try:
                    execute_from_command_line(["manage.py", *json.loads(line)])
                    code = 0
                except SystemExit as left:
                    code = left.code if isinstance(left.code, int) else 1
                finally:
                    sys.stdout.flush()
                    sys.stderr.flush()
                    os._exit(code)
            code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
            said.seek(0)
            print(json.dumps([code, said.read()]), flush=True)


def must(done: "subprocess.CompletedProcess[str]") -> str:
    """Return what a command said; end the proof when it failed."""
    if done.returncode:
        raise SystemExit(f"{' '.join(map(str, done.args))}: {done.stdout}{done.stderr}")
    return done.stdout


def empty(database: str) -> None:
    """Make a PostgreSQL database anew."""
    parts = urlsplit(database)
    place = ["-h", parts.hostname or "127.0.0.1", "-p", str(parts.port or 5432)]
    place += ["-U", parts.username or "postgres"]
    name = parts.path[1:]
    subprocess.run(["dropdb", "--force", "--if-exists", *place, name], check=True)
    subprocess.run(["createdb", *place, name], check=True)


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


class Server:
    """A site served by `manage.py serve`."""

    def __init__(self, site: dict[str, str], port: int = 0) -> None:
        self.site, self.port = site, port or free_port()
        self.start()

    def start(self) -> None:
        """Start it, and wait until it answers."""
        command = [sys.executable, str(ROOT / "manage.py"), "serve", "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=self.site, cwd=ROOT, start_new_session=True)
        for _turn in range(240):
            try:
                if Person(self.port).get("/healthz")[0] == 200:
                    return
            except (OSError, HTTPException):
                pass
            if self.process.poll() is not None:
                raise SystemExit("The server ended.")
            time.sleep(0.25)
        raise SystemExit("The server does not answer.")

    def kill(self) -> None:
        """Stop it at once, as a power cut would stop its processes."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def processes(self) -> list[int]:
        """Return the processes of the server, its workers among them."""
        told = subprocess.run(
            ["ps", "-o", "pid=", "-g", str(self.process.pid)], capture_output=True, text=True
        )
        return [int(word) for word in told.stdout.split()]


class Person:
    """Somebody with a browser that keeps cookies."""

    def __init__(self, port: int, host: str = "127.0.0.1") -> None:
        self.port, self.host = port, host
        self.cookies: dict[str, str] = {}

    def ask(
        self, method: str, path: str, body: bytes | None = None, kind: str = "", wait: float = 60
    ) -> tuple[int, bytes]:
        """Ask once, and return status and body."""
        connection = HTTPConnection(self.host, self.port, timeout=wait)
        headers = {"Accept-Encoding": "identity"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={said}" for name, said in self.cookies.items())
        if kind:
            headers["Content-Type"] = kind
        try:
            connection.request(method, path, body, headers)
            answer = connection.getresponse()
            text = answer.read()
            for said in answer.headers.get_all("Set-Cookie") or []:
                name, _is, value = said.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, text
        finally:
            connection.close()

    def get(self, path: str, wait: float = 60) -> tuple[int, bytes]:
        """Open a page."""
        return self.ask("GET", path, wait=wait)

    def post(self, path: str, wait: float = 60, **fields: str) -> tuple[int, bytes]:
        """Send a form."""
        self.cookies.setdefault("csrftoken", TOKEN)
        body = urlencode({**fields, "csrfmiddlewaretoken": self.cookies["csrftoken"]}).encode()
        return self.ask("POST", path, body, "application/x-www-form-urlencoded", wait)

    def send_file(
        self, path: str, name: str, content: bytes, field: str = "file", **fields: str
    ) -> tuple[int, bytes]:
        """Send a form with a file."""
        self.cookies.setdefault("csrftoken", TOKEN)
        mark = "------------------------a-benchmark"
        parts = {**fields, "csrfmiddlewaretoken": self.cookies["csrftoken"]}
        body = b"".join(
            f'--{mark}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{said}\r\n'.encode()
            for key, said in parts.items()
        )
        head = (
            f'--{mark}\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
        )
        body += head.encode() + content + f"\r\n--{mark}--\r\n".encode()
        return self.ask("POST", path, body, f"multipart/form-data; boundary={mark}")

    def sign_in(self, name: str, password: str) -> None:
        """Sign in; end the proof when that fails."""
        self.post("/portal/login/", username=name, password=password)
        if "sessionid" not in self.cookies:
            raise SystemExit(f"{name} cannot sign in.")


def sitemap(person: Person) -> list[str]:
    """Return the path of every public page."""
    status, body = person.get("/sitemap.xml")
    assert status == 200, status
    found = [
        one.text or "" for one in ElementTree.fromstring(body).iter() if one.tag.endswith("loc")
    ]
    return [f"/{url.split('/', 3)[3]}" for url in found]


def stamp_of(page: bytes) -> str:
    """Return the stamp of a form of the public."""
    found = re.search(r'name="stamp" value="([^"]+)"', page.decode())
    assert found, "The form has no stamp."
    return found[1]


def migrated(site: dict[str, str]) -> None:
    """Give a site its tables: those that an earlier proof made by the same migrations, else anew."""
    digest = hashlib.sha256()
    for path in sorted(ROOT.glob("*/migrations/*.py")):
        digest.update(path.read_bytes())
    digest.update((ROOT / "requirements.lock").read_bytes())
    address = site["DATABASE_URL"]
    kind = "sqlite3" if address.startswith("sqlite") else "dump"
    kept = ROOT / "var" / "benchmarks" / f"{digest.hexdigest()[:12]}.{kind}"
    kept.parent.mkdir(parents=True, exist_ok=True)
    file = address.removeprefix("sqlite:///")
    if kept.exists() and kind == "sqlite3":
        shutil.copyfile(kept, file)
    elif kept.exists():
        subprocess.run(["pg_restore", "--no-owner", "-d", address, str(kept)], check=True)
    else:
        must(manage(site, "migrate", "--verbosity=0"))
        if kind == "sqlite3":
            with closing(sqlite3.connect(file)) as database:
                database.execute("VACUUM INTO ?", [str(kept)])
        else:
            subprocess.run(["pg_dump", "-Fc", "-f", str(kept), address], check=True)


if __name__ == "__main__":
    serve_commands()
