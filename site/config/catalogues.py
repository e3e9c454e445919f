"""Keep the two catalogues, the plugin's and the site's: gather from the source, check, compile.

Run as `python -m config.catalogues gather` or `check` with site/ on the path; the Makefile does.
Needs gettext's xgettext; translations of words no longer in the source are dropped.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import polib

ROOT = Path(__file__).resolve().parents[2]
LANGUAGE = "zh_Hans"
FILE = Path(LANGUAGE) / "LC_MESSAGES" / "django.po"
# Where a catalogue lies, and where makemessages puts it in the copy of the source.
CATALOGUES = {"partybuilding/locale": "partybuilding/locale", "site/locale": "locale"}
SUPPLEMENT = "site/locale_wagtail"
SOURCES = ("partybuilding", "home", "search", "site", "templates")
SUFFIXES = {".py", ".html", ".txt"}
FRAGMENTS = ROOT / "var" / "parts"
METADATA = {
    "Project-Id-Version": "partybuilding",
    "Language": LANGUAGE,
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Plural-Forms": "nplurals=1; plural=0;",
}

Key = tuple[str | None, str]


def key(entry: polib.POEntry) -> Key:
    """Return what makes a word one: its context and its text."""
    return entry.msgctxt, entry.msgid


def has_gettext() -> bool:
    """Tell whether the tools that read the source are installed."""
    return shutil.which("xgettext") is not None


def from_source() -> dict[str, polib.POFile]:
    """Read every word of code and templates, per catalogue, untranslated."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder)
        for source in SOURCES:
            _copy_sources(ROOT / source, copy / source)
        for place in CATALOGUES.values():
            (copy / place).mkdir(parents=True)
        environment = {k: v for k, v in os.environ.items() if k != "DJANGO_SETTINGS_MODULE"}
        command = [sys.executable, "-m", "django", "makemessages", "--locale", LANGUAGE]
        options = ["--no-wrap", "--add-location", "file", "--extension", "html,txt,py"]
        done = subprocess.run(  # noqa: S603
            [*command, *options], cwd=copy, env=environment, capture_output=True, text=True
        )
        if done.returncode:
            sys.exit(f"The source could not be read: {done.stderr.strip()}")
        return {name: _read(copy / place / FILE) for name, place in CATALOGUES.items()}


def _copy_sources(source: Path, target: Path) -> None:
    for path in source.rglob("*"):
        if path.suffix in SUFFIXES and "locale" not in path.parts:
            copied = target / path.relative_to(source)
            copied.parent.mkdir(parents=True, exist_ok=True)
            copied.write_bytes(path.read_bytes())


def _read(path: Path) -> polib.POFile:
    return polib.pofile(str(path)) if path.exists() else polib.POFile()


def translations() -> dict[Key, polib.POEntry]:
    """Return what is translated already; fragments of work in progress are newer and win.

    A word that we share with Wagtail says the same as Wagtail's, unless we say otherwise.
    """
    paths = [ROOT / SUPPLEMENT / FILE, *(ROOT / name / FILE for name in CATALOGUES)]
    paths += sorted(FRAGMENTS.glob(f"*/{FILE}"))
    known: dict[Key, polib.POEntry] = {}
    for path in paths:
        for entry in _read(path):
            if entry.translated() and not entry.obsolete:
                known[key(entry)] = entry
    return known


def gather() -> None:
    """Write both catalogues from the source, with every translation that is known, and compile."""
    known = translations()
    for name, catalogue in from_source().items():
        catalogue.metadata = METADATA
        catalogue.metadata_is_fuzzy = False
        catalogue.header = ""
        for entry in catalogue:
            _translate(entry, known.get(key(entry)))
        path = ROOT / name / FILE
        path.parent.mkdir(parents=True, exist_ok=True)
        catalogue.wrapwidth = 100
        catalogue.save(str(path))
        catalogue.save_as_mofile(str(path.with_suffix(".mo")))
        left = len(catalogue.untranslated_entries())
        sys.stdout.write(f"{name}: {len(catalogue)} words, {left} to translate\n")
    for path in _supplements():
        _read(path).save_as_mofile(str(path.with_suffix(".mo")))


def _supplements() -> list[Path]:
    """Return the catalogues of what others wrote: nothing is gathered into them, they are compiled."""
    return sorted((ROOT / SUPPLEMENT / FILE).parent.glob("*.po"))


def _translate(entry: polib.POEntry, known: polib.POEntry | None) -> None:
    entry.flags = [flag for flag in entry.flags if flag != "fuzzy"]
    if known is None:
        return
    if entry.msgid_plural:
        entry.msgstr_plural = {0: (known.msgstr_plural or {0: known.msgstr})[0]}
    else:
        entry.msgstr = known.msgstr or known.msgstr_plural[0]


def faults() -> list[str]:
    """Name everything that is wrong with the catalogues as they lie in the repository."""
    found = []
    for name in CATALOGUES:
        path = ROOT / name / FILE
        catalogue = _read(path)
        found += [f"{name}: “{entry.msgid}” is not translated" for entry in _unfinished(catalogue)]
        found += [
            f"{name}: “{entry.msgid}” lost or made up a placeholder"
            for entry in catalogue
            if entry.translated() and not _same_placeholders(entry)
        ]
    paths = [*(ROOT / name / FILE for name in CATALOGUES), *_supplements()]
    return found + [
        f"{path.relative_to(ROOT)} is not compiled"
        for path in paths
        if not path.exists() or _compiled(path) != _texts(_read(path))
    ]


def stale() -> list[str]:
    """Name the words that source and catalogues do not have in common (needs gettext)."""
    found = []
    for name, catalogue in from_source().items():
        wanted = {key(entry) for entry in catalogue}
        have = {key(entry) for entry in _read(ROOT / name / FILE) if not entry.obsolete}
        found += [
            f"{name}: “{text}” is missing" for _context, text in sorted(wanted - have, key=str)
        ]
        found += [
            f"{name}: “{text}” is not used" for _context, text in sorted(have - wanted, key=str)
        ]
    return found


def _unfinished(catalogue: polib.POFile) -> list[polib.POEntry]:
    return [entry for entry in catalogue if entry.fuzzy or entry.obsolete or not entry.translated()]


def _same_placeholders(entry: polib.POEntry) -> bool:
    translated = entry.msgstr or entry.msgstr_plural[0]
    original = entry.msgid_plural or entry.msgid
    return _placeholders(original) == _placeholders(translated)


def _placeholders(text: str) -> set[str]:
    return set(re.findall(r"%\(\w+\)[sd]|\{\w*\}|%[sd]", text))


def _texts(catalogue: polib.POFile | polib.MOFile) -> dict[tuple[Key, str], object]:
    return {
        (key(entry), entry.msgid_plural): entry.msgstr_plural or entry.msgstr
        for entry in catalogue
        if entry.msgstr or any(entry.msgstr_plural.values())
    }


def _compiled(path: Path) -> dict[tuple[Key, str], object]:
    compiled = path.with_suffix(".mo")
    return _texts(polib.mofile(str(compiled))) if compiled.exists() else {}


if __name__ == "__main__":
    if not has_gettext():
        sys.exit("gettext is needed (Debian: apt-get install gettext).")
    if sys.argv[1:] == ["gather"]:
        gather()
    elif sys.argv[1:] == ["check"]:
        sys.exit("\n".join([*faults(), *stale()]) or 0)
    else:
        sys.exit("Usage: python -m config.catalogues gather|check")
