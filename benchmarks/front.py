"""Requests a second behind the shipped front cache, beside static files of the same bytes and the site itself.

    python benchmarks/front.py [--seconds 4] [--rounds 3] [--connections 16] [--workers 2]

Serves the site's database (`make run` makes one with the demonstration) behind nginx with
`deploy/nginx/partybuilding.conf`, over TLS as there, and asks in turns with wrk: for a file of the page's
bytes below /static/, for the page from the front cache, and for the page of the site without nginx; the last line
asks for every page of the site map that may be kept, one after the other. Beside the requests a second stands
what nginx took of the processor for one, which tells the same whoever else uses the machine.
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
        for child in Path(f"/proc/{master}/task/{master}/children").read_text().split()
        if "worker" in Path(f"/proc/{child}/cmdline").read_text()
    ]
    fields = Path(f"/proc/{worker}/stat").read_text().rpartition(")")[2].split()
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
    arguments.add_argument("--workers", type=int, default=2)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        process, port = site(folder, asked.workers)
        try:
            with proxied(folder, port) as proxy:
                wait(proxy)
                measure(proxy, port, asked)
        finally:
            process.terminate()
            process.wait(20)


def measure(proxy: Proxy, port: int, asked: argparse.Namespace) -> None:
    """Print the table."""
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
    for url, script in list(places.values())[-1]:  # every worker has drawn every page
        load(url, 3 * asked.seconds, asked.connections, script)
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


def middle(pairs: list[tuple[float, float]], which: int) -> float:
    """Return the median of one of two figures."""
    return statistics.median(pair[which] for pair in pairs)


def written(file: Path, paths: list[str]) -> str:
    """Write wrk's script that asks for one path after the other."""
    file.write_text(LUA % ", ".join(f'"{path}"' for path in paths))
    return str(file)


if __name__ == "__main__":
    main()
