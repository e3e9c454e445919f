"""Nothing is printed unescaped, and no page carries code or style of its own."""

import re

from tests.architecture.sources import modules, name_of, templates

UNESCAPED = re.compile(r"\|\s*safe\b|\bautoescape off\b")
MARKED = re.compile(r"\b(mark_safe|SafeString)\(")
REASON = re.compile(r"(#|\{#).*\bsafe:", re.IGNORECASE)
INLINE = re.compile(
    r"<script(?![^>]*\b(src|type=\"application/(ld\+)?json\"))|<style|\sstyle=|\son[a-z]+=", re.I
)


def unexplained(text: str, pattern: re.Pattern[str]) -> list[int]:
    """Return the lines that match and neither carry nor follow a comment `safe: why`."""
    lines = text.splitlines()
    return [
        number
        for number, line in enumerate(lines, 1)
        if pattern.search(line)
        and not REASON.search(line)
        and not (number > 1 and REASON.search(lines[number - 2]))
    ]


def test_every_unescaped_output_gives_its_reason() -> None:
    found = [
        f"{name_of(path)}:{line}"
        for paths, pattern in ((templates(), UNESCAPED), (modules(), MARKED))
        for path in paths
        for line in unexplained(path.read_text(encoding="utf-8"), pattern)
    ]
    assert found == [], "Say why on the line or the line before: # safe: …  or {# safe: … #}"


def test_no_template_carries_code_or_style() -> None:
    found = [
        f"{name_of(path)}:{number}"
        for path in templates()
        if "/typst/" not in name_of(path)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if INLINE.search(line)
    ]
    assert found == []


def test_the_rules_find_what_they_forbid() -> None:
    assert unexplained("{{ text|safe }}", UNESCAPED) == [1]
    assert unexplained("mark_safe(text)", MARKED) == [1]
    assert unexplained("mark_safe(text)  # safe: built above from escaped parts", MARKED) == []
    assert unexplained("{# safe: our own drawing #}\n{{ svg|safe }}", UNESCAPED) == []
    for line in ("<script>", '<p style="x">', "<style>", '<a onclick="x">'):
        assert INLINE.search(line), line
    for line in ('<script type="module" src="/x.js">', '<script type="application/ld+json">'):
        assert not INLINE.search(line), line
