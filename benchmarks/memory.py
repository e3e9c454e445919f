"""Memory of a server over an hour of mixed load: `python benchmarks/memory.py DATA_DIR [--minutes 60] [--rate 2]`.

Serves the site in DATA_DIR (`DATA_DIR=… make run` makes one with the demonstration; it is written to). By chance,
`--rate` times a second: residents open public pages and search for words that nobody asked for before (the memory of
answers is made so small that it turns over), send opinions; an applicant, an expert, an editor and the department
follow links on their screens, papers and exports among them; the applicant adds a file and removes it; the editor
adds a picture of 12 million pixels and deletes it. Every quarter of a minute the memory of all processes is added up,
what they share counted once. Ends with 1 when it grows by more than 1 MB an hour after the warm-up, or something
answered with a fault.
"""

import argparse
import io
import random
import re
import threading
import time
from collections import Counter
from pathlib import Path

from sites import Person, Server, environment, sitemap, stamp_of

MOST_SLOPE = 1.0  # MB an hour
PEOPLE = {
    "applicant": "/portal/",
    "expert": "/portal/",
    "editor": "/admin/",
    "department": "/admin/party/projects/",
}
LINK = re.compile(rb'href="(/(?:portal|admin)/[^"#]*)"')
#: What would end the session, lock something, or go on for ever.
NOT_OPENED = re.compile(r"logout|password|/static/|second-factor|/media/|demo|styleguide")
EVERY = 15  # seconds between two looks
SEED = 20_261_129


def main() -> int:
    """Serve, ask, look."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--minutes", type=float, default=60)
    arguments.add_argument("--warm", type=float, default=15, help="minutes of warm-up, on top")
    arguments.add_argument("--rate", type=float, default=2)
    asked = arguments.parse_args()
    more = {"OPINIONS_PER_ADDRESS": "1000000", "ANSWERS_MEGABYTES": "2", "THREADS": "2"}
    server = Server(environment(asked.data.resolve(), **more))
    crowd = Crowd(server.port)
    samples: list[tuple[float, float, int]] = []
    enough = threading.Event()
    workers = [
        threading.Thread(target=crowd.go_on, args=[enough, asked.rate / 2]) for _one in range(2)
    ]
    try:
        for worker in workers:
            worker.start()
        began = time.monotonic()
        while (passed := (time.monotonic() - began) / 60) < asked.warm + asked.minutes:
            time.sleep(EVERY)
            pids = server.processes()
            samples.append((passed, sum(map(memory_of, pids)), len(pids)))
            print(f"{passed:.2f} {samples[-1][1]:.1f} {len(pids)}", flush=True)
    finally:
        enough.set()
        for worker in workers:
            worker.join()
        server.kill()
    return told(samples, asked.warm, crowd.counts)


def memory_of(pid: int) -> float:
    """Return the megabytes of a process, with its part of what it shares; 0 when it is gone."""
    try:
        text = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return int(re.search(r"^Pss:\s+(\d+)", text, re.MULTILINE)[1]) / 1024  # type: ignore[index]


def told(samples: list[tuple[float, float, int]], warm: float, counts: Counter[str]) -> int:
    """Print the table and the slope by least squares."""
    after = [(at / 60, size) for at, size, _pids in samples if at >= warm]
    middle = [sum(column) / len(after) for column in zip(*after, strict=True)]
    above = sum((at - middle[0]) * (size - middle[1]) for at, size in after)
    slope = above / sum((at - middle[0]) ** 2 for at, _size in after)
    print("\n| minutes | MB, mean | MB, most |\n|---|---|---|")
    last = int(samples[-1][0])
    for start in range(0, last + 1, 10):
        sizes = [size for at, size, _pids in samples if start <= at < start + 10]
        if sizes:
            print(f"| {start}–{start + 10} | {sum(sizes) / len(sizes):.1f} | {max(sizes):.1f} |")
    print(f"\n{slope:+.2f} MB an hour after {warm:g} minutes; {sum(counts.values())} requests:")
    print(", ".join(f"{name} {number}" for name, number in sorted(counts.items())))
    faults = sum(number for name, number in counts.items() if name.startswith("5"))
    return 1 if slope > MOST_SLOPE or faults else 0


class Crowd:
    """Everybody who uses the site, by chance."""

    def __init__(self, port: int) -> None:
        self.port, self.chance = port, random.Random(SEED)
        self.counts: Counter[str] = Counter()
        self.public = sitemap(Person(port))
        self.known: dict[str, list[str]] = {name: [first] for name, first in PEOPLE.items()}
        self.people: dict[str, Person] = {}
        self.stamps: list[tuple[float, str]] = []
        self.lock = threading.Lock()
        self.sign_in()

    def sign_in(self) -> None:
        """Let everybody come in; sessions end after 30 idle minutes."""
        for name in PEOPLE:
            self.people[name] = Person(self.port)
            self.people[name].sign_in(name, "demo")

    def go_on(self, enough: threading.Event, rate: float) -> None:
        """Do one thing after the other, so many a second."""
        deeds = [self.read] * 6 + [self.search] * 4 + [self.follow] * 6
        deeds += [self.opine, self.attach, self.picture]
        while not enough.is_set():
            began = time.monotonic()
            deed = self.chance.choice(deeds)
            try:
                deed()
            except OSError as error:
                self.counts[f"5 {type(error).__name__}"] += 1
            enough.wait(max(0.0, 1 / rate - (time.monotonic() - began)))

    def note(self, status: int, path: str) -> None:
        """Count an answer, and say which one was a fault."""
        self.counts[f"{status // 100}xx"] += 1
        if status >= 500:
            print(f"{status} {path}", flush=True)

    def read(self) -> None:
        """Open a public page."""
        path = self.chance.choice(self.public)
        self.note(Person(self.port).get(path)[0], path)

    def search(self) -> None:
        """Search for what nobody asked for before."""
        path = f"/search/?q=%E7%A4%BE%E5%8C%BA{self.chance.randrange(10**6)}"
        self.note(Person(self.port).get(path)[0], path)

    def follow(self) -> None:
        """Open a link that somebody's screens showed."""
        name = self.chance.choice(list(PEOPLE))
        path = self.chance.choice(self.known[name])
        status, body = self.people[name].get(path)
        self.note(status, path)
        if status == 302:
            with self.lock:
                self.people[name] = Person(self.port)
                self.people[name].sign_in(name, "demo")
        if len(self.known[name]) < 400:
            found = (one.decode().replace("&amp;", "&") for one in LINK.findall(body))
            self.known[name] += [one for one in found if not NOT_OPENED.search(one)][:40]

    def opine(self) -> None:
        """Open the form of the letterbox, and send it when it has been open for a while."""
        resident = Person(self.port)
        status, body = resident.get("/opinions/")
        self.note(status, "/opinions/")
        self.stamps.append((time.monotonic(), stamp_of(body)))
        if self.stamps and time.monotonic() - self.stamps[0][0] > 30:
            _at, stamp = self.stamps.pop(0)
            words = f"路灯不亮已经{self.chance.randrange(10**6)}天。"
            fields = {"stamp": stamp, "homepage": "", "about": "", "contact": "", "text": words}
            self.note(resident.post("/opinions/", **fields)[0], "/opinions/ sent")

    def attach(self) -> None:
        """Add a paper to a draft, or remove one."""
        person = self.people["applicant"]
        drafts = [one for one in self.known["applicant"] if "/application/" in one]
        if not drafts:
            return
        base = self.chance.choice(drafts).partition("/application/")[0]
        path = f"{base}/application/attachments/"
        status, body = person.get(path)
        self.note(status, path)
        if removing := re.findall(rb'action="([^"]+/remove/)"', body):
            self.note(person.post(removing[0].decode())[0], path)
        elif status == 200:
            self.note(
                person.send_file(path, "照片.jpg", photograph(800, 600), field="files")[0], path
            )

    def picture(self) -> None:
        """Add a large picture to the library, and delete it."""
        person = self.people["editor"]
        content = photograph(4000, 3000)
        status, _body = person.send_file("/admin/images/add/", "a.jpg", content, title="照片")
        self.note(status, "/admin/images/add/")
        _status, body = person.get("/admin/images/")
        for number in re.findall(rb"/admin/images/(\d+)/", body)[:1]:
            path = f"/admin/images/{number.decode()}/delete/"
            self.note(person.post(path)[0], path)


_photographs: dict[tuple[int, int], bytes] = {}


def photograph(width: int, height: int) -> bytes:
    """Return a JPEG that does not compress to nothing."""
    if (width, height) not in _photographs:
        from PIL import Image

        file = io.BytesIO()
        small = Image.frombytes("RGB", (200, 150), random.Random(SEED).randbytes(200 * 150 * 3))
        small.resize((width, height)).save(file, "JPEG")
        _photographs[(width, height)] = file.getvalue()
    return _photographs[(width, height)]


if __name__ == "__main__":
    raise SystemExit(main())
