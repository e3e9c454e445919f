"""How much processor and memory the press takes for a book of 64 cases with 200 pictures, edition by edition.

Run it from the root of the repository:

    python benchmarks/casebook.py [public print …]

The goal for the public edition is 5 seconds of the processor and 900 MiB. Every edition is made in a
process of its own, as the building does; the pictures are drawn beforehand and count for nothing. The
public edition is also read again: the numbers in its contents, the alternatives, the rows of text.
"""

import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "site")]
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.test")

import django  # noqa: E402

django.setup()

from partybuilding.casebook.press.files import EDITION  # noqa: E402
from tests.factories.book import make_job, sample_book  # noqa: E402
from tests.partybuilding.casebook import reading  # noqa: E402

CASES, PICTURES = 64, 200
SECONDS, MEBIBYTES = 5.0, 900


def book_of_200_pictures() -> dict:
    """Return a book whose cases have three or four pictures each."""
    book = sample_book(cases=CASES, pictures=4, paragraphs=4)
    rows = [row for case in book["cases"] for row in _rows_of_pictures(case)]
    for row in rows[: CASES * 4 - PICTURES]:
        row["figures"].pop()
    return book


def _rows_of_pictures(case: dict) -> list[dict]:
    elements = [element for part in case["parts"] for element in part["elements"]]
    return [element for element in elements if element["kind"] == "figures"]


def measured(kind: str, folder: Path) -> tuple[float, float, float]:
    """Make an edition, and return seconds of the clock, of the processor, and MiB at the most."""
    make_job(folder, kind, book_of_200_pictures())
    began, before = time.monotonic(), resource.getrusage(resource.RUSAGE_CHILDREN)
    command = [sys.executable, "-m", "partybuilding.casebook.press", str(folder)]
    subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
    return time.monotonic() - began, processor, used.ru_maxrss / 1024


def read_again(content: bytes, folder: Path) -> str:
    """Return what a reader of the public edition finds: every number of the contents, alternatives, rows."""
    reader, marks = reading.read(content), reading.bookmarks(content)
    contents = "".join(page.extract_text() for page in reader.pages[5:11]).replace(" ", "")
    right = 0
    for place in range(1, CASES + 1):
        title = f"凉亭里议出的“家门口”的事：第{place}个社区把难题搬上桌"
        line = contents.split(f"第{place}社区党委、区城管局机关党支部")[1]
        number = line.lstrip("·\n").split("\n")[0].strip("·")
        right += number == reader.page_labels[marks[title]]
    figures = [node for node in reading.elements(content) if node["/S"] == "/Figure"]
    silent = sum(not node.get("/Alt") for node in figures)
    told = (
        f"{right} of {CASES} numbers right, {len(figures)} pictures, {silent} without alternative"
    )
    if shutil.which("pdftotext"):
        rows = [row for row in reading.rows(content, folder) if len(row) > 20]
        faults = [r for r in rows if r[0] in reading.NOT_FIRST or r[-1] in reading.NOT_LAST]
        told += f", {len(faults)} of {len(rows)} rows begin or end wrongly"
    return told


def main(kinds: list[str]) -> None:
    """Measure the editions that are named, or all."""
    for kind in kinds or ["public", "large", "print", "word", "epub"]:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name) / "job"
            # A process of its own for each, since the most of memory is that of all children so far.
            clock, processor, most = measured(kind, folder)
            content = (folder / EDITION).read_bytes()
            pages = f"{len(reading.read(content).pages)} pages, " if content[:4] == b"%PDF" else ""
            print(
                f"{kind:8} {pages}{len(content) / 1e6:.1f} MB: {processor:.1f} s of the processor, "
                f"{clock:.1f} s, {most:.0f} MiB at the most of all so far"
            )
            if kind == "public":
                kept = processor <= SECONDS and most <= MEBIBYTES
                print(
                    f"         goal {SECONDS:.0f} s and {MEBIBYTES} MiB: {'kept' if kept else 'missed'}"
                )
                print(f"         {read_again(content, Path(name))}")


if __name__ == "__main__":
    main(sys.argv[1:])
