"""Requests a second behind the shipped front cache, beside static files of the same bytes and the site itself.

    python benchmarks/front.py [--seconds 4] [--rounds 3] [--connections 16] [--workers 2] [--mixture | --change]

Serves the site's database (`make run` makes one with the demonstration) behind nginx with
`deploy/nginx/partybuilding.conf`, over TLS as there, and asks in turns with wrk: for a file of the page's
bytes below /static/, for the page from the front cache, and for the page of the site without nginx; the last line
asks for every page of the site map that may be kept, one after the other (`--mixture`: that line alone), once every
worker has drawn every page. Beside the requests a second stands what nginx took of the processor for one, which
tells the same whoever else uses the machine.

`--change` measures nothing: it gives the site another name while all pages are read, asks for each of them after five
seconds, puts the name back, and looks into what is kept for anything personal.
"""

import argparse
import gzip
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from xml.etree import ElementTree

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.deploy.nginx import HOST, Proxy, free_port, proxied

ROOT = Path(__file__).resolve().parents[1]
PATHS = ("/", "/projects/", "/news/", "/search/?q=社区")
EACH = ("static", "cached", "direct")
#: Seconds after which every reader sees a change.
RIGHT = 5
#: What is everybody's own, and what says so in the head of an answer.
PRIVATE = ("/opinions/", "/portal/login/", "/admin/login/", "/admin/")
PERSONAL = (b"set-cookie", b"no-store", b"private")
#: Seconds of the processor that an answer from memory takes at most; a page takes a hundred times as long.
DRAWN = 0.0002
LUA = """
local paths = {%s}
local at = 0
request = function()
    at = at %% #paths + 1
    return wrk.format("GET", paths[at])
end
"""


def site(folder: Path, workers: int) -> tuple[subprocess.Popen[bytes], int]:
    """Start the site as a server behind one proxy would."""
    port = free_port()
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--port", str(port)]
    command += ["--workers", str(workers), "--blocking-threads", "2", "--log-level", "error"]
    said = {
        "DJANGO_SETTINGS_MODULE": os.environ.get("DJANGO_SETTINGS_MODULE", "config.settings.dev"),
        "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "site")]),
        "TRUSTED_PROXIES": "1",
        "FRONT_CACHE_SECONDS": os.environ.get("FRONT_CACHE_SECONDS", "2"),
    }
    environment = {**os.environ, **said}
    process = subprocess.Popen([*command, "config.wsgi:application"], cwd=ROOT, env=environment)
    return process, port


def wait(proxy: Proxy) -> None:
    """Wait for a 200, then ask often enough for every worker to have drawn what is common."""
    until = time.monotonic() + 120
    while proxy.ask("/")[0].status != 200:
        if time.monotonic() > until:
            raise SystemExit("The site does not answer with 200.")
        time.sleep(0.5)


def worked(proxy: Proxy) -> float:
    """Return the seconds that nginx's worker has had of the processor."""
    master = int((proxy.folder / "pid").read_text())
    (worker, *_more) = [
        child
        for child in children(master)
        if "worker" in Path(f"/proc/{child}/cmdline").read_text()
    ]
    return processor(worker)


def children(process: int) -> list[int]:
    """Return the processes that a process started."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(child) for one in tasks for child in one.read_text().split()]


def processor(process: int) -> float:
    """Return the seconds that a process has had of the processor."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def load(url: str, seconds: float, connections: int, script: str = "") -> tuple[float, int]:
    """Return the requests a second and in all that wrk counts, as browsers ask."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{seconds:g}s", "-H", "Accept-Encoding: gzip"]
    command += ["-H", f"Host: {HOST}", *(["-s", script] if script else [])]
    told = subprocess.run([*command, url], capture_output=True, text=True, check=True).stdout
    found = re.search(r"(\d+) requests in .*Requests/sec:\s+([\d.]+)", told, re.DOTALL)
    if "Non-2xx" in told or found is None:
        raise SystemExit(f"{url}: {told}")
    return float(found[2]), int(found[1])


def settle(site: int, url: str, connections: int, script: str) -> None:
    """Ask the site itself until every worker has drawn every page: what it answers from memory takes no time."""
    cost = 1.0
    while cost > DRAWN:
        before = sum(map(processor, children(site)))
        _speed, number = load(url, 4, connections, script)
        cost = (sum(map(processor, children(site))) - before) / number


def addresses(proxy: Proxy) -> list[str]:
    """Return the paths of the site map that any cache may keep; forms are everybody's own."""
    _answer, text = proxy.ask("/sitemap.xml")
    found = [one.text or "" for one in ElementTree.fromstring(text).iter() if one.tag[-3:] == "loc"]
    paths = [f"/{address.split('/', 3)[3]}" for address in found]
    return [path for path in paths if "public" in proxy.ask(path)[0].headers["Cache-Control"]]


def as_files(proxy: Proxy, paths: list[str]) -> dict[str, str]:
    """Put the bytes of pages below /static/, compressed as the site does; return their paths."""
    files = {}
    for number, path in enumerate(paths):
        _answer, text = proxy.ask(path, Accept_Encoding="gzip")
        file = proxy.folder / "data" / "static" / f"page{number}.html"
        file.write_text(text)
        file.with_suffix(".html.gz").write_bytes(gzip.compress(text.encode(), 6, mtime=0))
        files[path] = f"/static/{file.name}"
    return files


def main() -> None:
    """Ask for each in turns, and print the medians."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--seconds", type=float, default=4)
    arguments.add_argument("--rounds", type=int, default=3)
    arguments.add_argument("--connections", type=int, default=16)
    arguments.add_argument("--change", action="store_true")
    arguments.add_argument("--mixture", action="store_true")
    arguments.add_argument("--workers", type=int, default=2)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        process, port = site(folder, asked.workers)
        try:
            with proxied(folder, port) as proxy:
                wait(proxy)
                if asked.change:
                    change(proxy)
                else:
                    measure(proxy, process.pid, port, asked)
        finally:
            process.terminate()
            process.wait(20)


def measure(proxy: Proxy, site: int, port: int, asked: argparse.Namespace) -> None:
    """Print the table.

    Args:
        site: its process, which has a worker for each child.
    """
    from urllib.parse import quote

    every = addresses(proxy)
    paths = [quote(path, safe="/?=&") for path in PATHS]
    paths.append(next(path for path in every if re.fullmatch(r"/projects/[^/]+/[^/]+/", path)))
    files = as_files(proxy, [*paths, *every])
    front, behind = f"https://127.0.0.1:{proxy.port}", f"http://127.0.0.1:{port}"
    places = {
        path: ((front + files[path], ""), (front + path, ""), (behind + path, "")) for path in paths
    }
    lists = zip(
        EACH, (front, front, behind), ([files[p] for p in every], every, every), strict=True
    )
    places[f"{len(every)} pages"] = tuple(  # type: ignore[assignment]
        (base, written(proxy.folder / f"{kind}.lua", one)) for kind, base, one in lists
    )
    taken: dict[tuple[str, str], list[tuple[float, float]]] = {}
    *_others, (url, script) = list(places.values())[-1]
    settle(site, url, asked.connections, script)
    if asked.mixture:
        places = dict([places.popitem()])
    for _round in range(asked.rounds):
        for path, each in places.items():
            for kind, (url, script) in zip(EACH, each, strict=True):
                before = worked(proxy)
                speed, number = load(url, asked.seconds, asked.connections, script)
                cost = (worked(proxy) - before) / number * 1e6
                taken.setdefault((path, kind), []).append((speed, cost))
    print(
        f"wrk, {asked.connections} connections, medians of {asked.rounds}; processor time of nginx\n"
    )
    print(
        "| page | static file, a second | front cache | of the file | the site itself "
        "| static file, µs | front cache | times |\n|---|---|---|---|---|---|---|---|"
    )
    for path in places:
        static, cached, direct = (middle(taken[path, kind], 0) for kind in EACH)
        file, kept = (middle(taken[path, kind], 1) for kind in EACH[:2])
        speeds = f"{static:,.0f} | {cached:,.0f} | {cached / static:.2f} | {direct:,.0f}"
        print(f"| {path} | {speeds} | {file:.1f} | {kept:.1f} | {kept / file:.2f} |", flush=True)


#: Gives the site another name, which every page shows, and says when; asked again it puts back the old one.
RENAME = """
import sys, time
from wagtail.models import Site
site = Site.objects.get(is_default_site=True)
old, site.site_name = site.site_name, {name!r}
site.save()
print(time.time(), old or "", sep="|")
"""


def rename(name: str) -> tuple[float, str]:
    """Rename the site; return when, and what it was called."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", RENAME.format(name=name)]
    told = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    moment, old = told.strip().rsplit("\n", 1)[-1].split("|", 1)
    return float(moment), old


def change(proxy: Proxy) -> None:
    """Change what every page shows while all are read, look at each after five seconds, and at what is kept."""
    every = addresses(proxy)
    url = f"https://127.0.0.1:{proxy.port}"
    script = written(proxy.folder / "all.lua", every)
    load(url, 4, 16, script)
    command = ["wrk", "-t1", "-c4", "-d120s", "-H", f"Host: {HOST}", "-s", script, url]
    readers = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    new = f"改名{os.getpid()}"
    moment, old = rename(new)
    try:
        time.sleep(max(0.0, moment + RIGHT - time.time()))
        pages = [proxy.ask(path, Accept_Encoding="gzip")[1] for path in every]
    finally:
        readers.terminate()
        readers.wait()
        rename(old)
    for path in PRIVATE:
        for _turn in range(2):
            proxy.ask(path, Cookie="csrftoken=abc")
    kept = [
        file.read_bytes() for file in (proxy.folder / "partybuilding").rglob("*") if file.is_file()
    ]
    heads = [one.split(b"\r\n\r\n", 1)[0].lower() for one in kept]
    personal = [one for one in heads if any(word in one for word in PERSONAL)]
    print(f"{len(every)} pages, {RIGHT} s after a change that all of them show, all being read:")
    print(
        f"{sum(new in page for page in pages)} are new, {sum(new not in page for page in pages)} old"
    )
    print(f"{len(kept)} answers are kept, {len(personal)} of them personal")


def middle(pairs: list[tuple[float, float]], which: int) -> float:
    """Return the median of one of two figures."""
    return statistics.median(pair[which] for pair in pairs)


def written(file: Path, paths: list[str]) -> str:
    """Write wrk's script that asks for one path after the other."""
    file.write_text(LUA % ", ".join(f'"{path}"' for path in paths))
    return str(file)


if __name__ == "__main__":
    main()
