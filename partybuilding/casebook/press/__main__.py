"""The child process that makes one edition: `python -m partybuilding.casebook.press FOLDER`.

It reads `job.json` and the pictures in `originals/`, says how far it is on lines of JSON on its stdout,
and leaves `edition` and `result.json`. It limits its own memory: typesetting many pictures takes much,
and whatever goes wrong here ends nothing else.
"""

import json
import resource
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from partybuilding.casebook.press import layout
from partybuilding.casebook.press.files import COVER, EDITION, JOB, ORIGINALS, RESULT
from partybuilding.casebook.press.glyphs import missing_in
from partybuilding.casebook.press.pdf import cover_picture, lay_out, typeset_book
from partybuilding.casebook.press.pictures import shrink_all

MIB = 1024 * 1024


def main(folder: Path) -> None:
    """Make the edition that lies in a folder as a job."""
    job = json.loads((folder / JOB).read_text(encoding="utf-8"))
    resource.setrlimit(resource.RLIMIT_DATA, (job["memory_mib"] * MIB,) * 2)
    result = make(job, folder)
    (folder / RESULT).write_text(json.dumps(result, ensure_ascii=False), encoding="utf-8")


def make(job: dict[str, Any], folder: Path) -> dict[str, Any]:
    """Make the edition, and say what came of it."""
    book = job["book"]
    say("glyphs", 0, 1)
    missing = missing_in(book)
    if missing:
        return {"missing": missing}
    form = layout.form_of(**job["form"])
    shrink_all(
        book, form.as_json(), folder / ORIGINALS, folder, lambda n, of: say("pictures", n, of)
    )
    say("typesetting", 0, 1)
    (folder / EDITION).write_bytes(MAKERS[job["kind"]](book, form, folder, job["timestamp"]))
    say("typesetting", 1, 1)
    return {"form": form.as_json()}


def _public(book: dict[str, Any], form: layout.Form, folder: Path, at: int) -> bytes:
    content = typeset_book(book, form, folder, at)
    (folder / COVER).write_bytes(cover_picture(folder, at))
    return content


def _word(book: dict[str, Any], form: layout.Form, folder: Path, at: int) -> bytes:
    from partybuilding.casebook.press.word import word_book  # an edition loads what it needs

    return word_book(book, folder, at)


def _epub(book: dict[str, Any], form: layout.Form, folder: Path, at: int) -> bytes:
    from partybuilding.casebook.press.epub import epub_book

    lay_out(book, form, folder)
    return epub_book(book, folder, at, cover_picture(folder, at))


#: How each edition is made.
MAKERS: dict[str, Callable[[dict[str, Any], layout.Form, Path, int], bytes]] = {
    "public": _public,
    "large": typeset_book,
    "print": typeset_book,
    "internal": typeset_book,
    "word": _word,
    "epub": _epub,
}


def say(stage: str, done: int, total: int) -> None:
    """Tell how far a stage is."""
    sys.stdout.write(json.dumps({"stage": stage, "done": done, "total": total}) + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
