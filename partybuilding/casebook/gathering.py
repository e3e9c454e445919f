"""Gather a book from the published pages into plain data, which the press makes editions from.

What is gathered is frozen: every text as its page's published revision has it, the key and hash of
every picture, the figures and promises as they stand on the day.
"""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any
from urllib.parse import urljoin

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from pypinyin import Style, lazy_pinyin

from partybuilding.casebook.figures import promises_of, promises_said, year_in_numbers
from partybuilding.casebook.models import CaseBook
from partybuilding.casebook.press.layout import SIZES
from partybuilding.casebook.press.words import DRAFT_MARK, INTERNAL_PHRASE, WORDS
from partybuilding.casebook.rules import internal_lacks
from partybuilding.casebook.selectors import in_order
from partybuilding.casebook.states import EditionKind
from partybuilding.cases.pages import STREAMS, CaseStudyPage, facts_of
from partybuilding.core.pages.elements import elements_of, figure
from partybuilding.core.pages.meta import site_address
from partybuilding.core.papers.data import chinese_date, paragraphs, single_line
from partybuilding.cycles.models import GradeClass
from partybuilding.evaluation.arithmetic.canonical import digest
from partybuilding.organizations.states import SECTORS
from partybuilding.projects.page.facts import announced_grade

FORMAT = 1
MARKS = {
    EditionKind.PUBLIC: "网络版",
    EditionKind.LARGE: "网络版·大字本",
    EditionKind.EPUB: "网络版",
    EditionKind.WORD: "编辑稿",
}
#: So many grades stand out on the cover.
TOP_GRADES = 2
#: Longer lines of the title are parted on the cover.
COVER_LINE = 9


def gather(book: CaseBook, kind: EditionKind, day: date) -> dict[str, Any]:
    """Return the whole book as it stands on a day, for one edition."""
    pages = in_order(book)
    grades = GradeClass.objects.filter(cycle=book.cycle).order_by("sort_order")
    top = set(grades.values_list("pk", flat=True)[:TOP_GRADES])
    cases = [_case(page, number, top) for number, page in enumerate(pages, start=1)]
    _drop_scattered_groups(cases)
    draft = kind == EditionKind.INTERNAL and bool(internal_lacks(book))
    figures = year_in_numbers(book.cycle)
    promises = promises_of({page.case.project_id for page in pages}, day)
    told = {page.case.project_id: (n, page) for n, page in reversed(list(enumerate(pages, 1)))}
    return {
        "year": book.cycle.year,
        "title": single_line(book.title),
        "cover_title": cover_lines(book.title, book.cycle.year),
        "subtitle": single_line(book.subtitle),
        "issuer": single_line(book.issuer),
        "mark": MARKS.get(kind, ""),
        "cover_top": _cover_top(book, kind, draft=draft),
        "back": [single_line(book.issuer), f"{day.year}年{day.month}月"],
        "spine": single_line(book.title),
        "dated": f"{day.year}年{day.month}月",
        "said": _("%(cases)s cases of %(year)s, with the year in numbers and its promises.")
        % {"cases": len(cases), "year": book.cycle.year},
        "watermark": DRAFT_MARK if draft else "",
        "address": absolute(reverse("book", args=[book.cycle.year]))
        if kind != EditionKind.INTERNAL
        else "",
        "board": [
            {"role": single_line(row["role"]), "names": list(map(single_line, row["names"]))}
            for row in book.board
        ],
        "imprint": list(map(list, _imprint(book, kind, day, draft=draft))),
        "front": list(_front(book, has_figures=bool(figures["numbers"]["rows"]))),
        "rear": list(_rear(book, has_promises=bool(promises))),
        "figures": figures,
        "promises_said": promises_said(promises),
        "promises": [
            {
                "place": told[project][0],
                "title": told[project][1].case.project.title,
                "organization": told[project][1].case.project.told.organization,
                "rows": promises[project],
            }
            for project in sorted(promises, key=lambda key: told[key][0])
        ],
        "index": index_of(cases),
        "cases": cases,
    }


def manifest_of(
    book: CaseBook, kind: EditionKind, day: date, gathered: dict[str, Any], pictures: dict[str, str]
) -> dict[str, Any]:
    """Return what fixes an edition: every text, the revision of every page, the hash of every picture."""
    return {
        "format": FORMAT,
        "kind": kind.value,
        "date": day.isoformat(),
        "form": {"size": book.size, "multiple": book.multiple, "paper": book.paper},
        "cases": [
            {
                "page": case["page"],
                "revision": case["revision"],
                "title": case["title"],
                "sha256": digest(case),
            }
            for case in gathered["cases"]
        ],
        "pictures": pictures,
        "book": gathered,
    }


def cover_lines(title: str, year: int) -> list[str]:
    """Return the title as it stands below the year on the cover, in lines that are not too long."""
    words = single_line(title).removeprefix(f"{year}年度").removeprefix(f"{year}年")
    if len(words) <= COVER_LINE:
        return [words]
    head, tail = (words[:-3], words[-3:]) if words.endswith("案例集") else (words, "")
    lines = [head[at : at + COVER_LINE] for at in range(0, len(head), COVER_LINE)]
    return [*lines, tail] if tail else lines


def absolute(address: str) -> str:
    """Return an address with the site's own before it, as people type it from paper."""
    return urljoin(site_address(), address) if address else ""


def _case(page: CaseStudyPage, number: int, top: set[int]) -> dict[str, Any]:
    """Read a case as its published revision has it; cases of the top grades stand out on the cover."""
    said = page.live_revision.as_object() if page.live_revision else page
    case, project = page.case, page.case.project
    owners = project.told.organizations
    grade = announced_grade(project)
    facts = facts_of(case, project, owners)
    lead = said.lead_image
    parts = [
        {"label": _label(said, name), "elements": elements}
        for name in STREAMS
        if (elements := elements_of(getattr(said, name)))
    ]
    _link_home(parts)
    return {
        "number": f"{number:02}",
        "page": page.pk,
        "revision": page.live_revision_id or 0,
        "title": single_line(said.title),
        "summary": single_line(said.summary),
        "organization": "、".join(map(single_line, owners)),
        "grade": grade,
        "group": _("%(grade)s cases") % {"grade": grade} if grade else "",
        "is_top": bool(grade) and project.grade_class_id in top,
        "seal": SECTORS.sign(project.sector),
        "facts": [
            [str(fact["label"]), single_line(str(fact["value"]))]
            for fact in facts
            if fact["value"] and fact["value"] != grade
        ],
        "names": [single_line(name) for name in owners],
        "address": absolute(page.get_url() or ""),
        "lead": figure(lead, alt=said.lead_image_alt or said.title) if lead else None,
        "parts": parts,
    }


def _label(page: CaseStudyPage, name: str) -> str:
    field: Any = page._meta.get_field(name)
    return str(field.verbose_name)


def _drop_scattered_groups(cases: list[dict[str, Any]]) -> None:
    """Let the contents name grades only where the editors left the cases of each together."""
    groups = [case["group"] for case in cases]
    runs = [group for place, group in enumerate(groups) if not place or groups[place - 1] != group]
    if len(runs) != len(set(runs)):
        for case in cases:
            case["group"] = ""


def _link_home(parts: list[dict[str, Any]]) -> None:
    """Let links to pages of the site lead there from paper, too."""
    for part in parts:
        for element in part["elements"]:
            for spans in element.get("items", [element.get("spans", [])]):
                for one in spans:
                    one["href"] = absolute(one["href"])


def _cover_top(book: CaseBook, kind: EditionKind, *, draft: bool) -> list[str]:
    """Return what an internal publication carries above its title; a draft has no number yet."""
    if kind != EditionKind.INTERNAL:
        return []
    number = "" if draft else f"准印证号：{single_line(book.permit_number)}"
    return [DRAFT_MARK if draft else number, INTERNAL_PHRASE]


def _imprint(
    book: CaseBook, kind: EditionKind, day: date, *, draft: bool
) -> Iterator[tuple[str, str]]:
    """Yield the lines of the imprint."""
    width, height = SIZES[book.size]
    yield "书名", single_line(book.title)
    if kind == EditionKind.INTERNAL and not draft:
        yield "准印证号", single_line(book.permit_number)
        yield "编印单位", single_line(book.compiled_by)
        yield "发送对象", single_line(book.addressed_to)
        yield "印刷单位", single_line(book.printed_by)
        yield "印刷日期", chinese_date(book.printed_on)
        yield "印数", f"{book.copies}册"
        yield "性质", INTERNAL_PHRASE
    else:
        yield "编者", single_line(book.issuer)
    if kind in {EditionKind.PRINT, EditionKind.INTERNAL}:
        yield "开本", f"{width}毫米×{height}毫米"
    if mark := MARKS.get(kind):
        yield "版本", f"{mark}（{chinese_date(day)}）"
        yield "网址", absolute(reverse("book", args=[book.cycle.year]))


def _front(book: CaseBook, *, has_figures: bool) -> Iterator[dict[str, Any]]:
    for name, title in (
        ("foreword", pgettext("book", "Foreword")),
        ("notes", _("Notes of the editors")),
    ):
        if texts := paragraphs(getattr(book, name)):
            yield {"name": name, "title": title, "texts": list(texts)}
    if has_figures:
        yield {"name": "figures", "title": WORDS["figures"], "texts": []}


def _rear(book: CaseBook, *, has_promises: bool) -> Iterator[dict[str, Any]]:
    if has_promises:
        yield {"name": "promises", "title": WORDS["promises"], "texts": []}
    yield {"name": "index", "title": WORDS["index"], "texts": []}
    if texts := paragraphs(book.afterword):
        yield {"name": "afterword", "title": pgettext("book", "Afterword"), "texts": list(texts)}


def index_of(cases: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return every organisation with the places of its cases, by the letters of its reading (汉语拼音)."""
    places: dict[str, list[int]] = {}
    for place, case in enumerate(cases, start=1):
        for name in case["names"]:
            places.setdefault(name, []).append(place)
    groups: dict[str, list[dict[str, Any]]] = {}
    for name in sorted(places, key=reading_of):
        letter = reading_of(name)[0][:1].upper()
        letter = letter if "A" <= letter <= "Z" else "#"
        groups.setdefault(letter, []).append({"name": name, "places": places[name]})
    return [{"letter": letter, "entries": groups[letter]} for letter in groups]


def reading_of(name: str) -> list[str]:
    """Return how a name is read, syllable by syllable, with tones: what dictionaries sort by."""
    return lazy_pinyin(name, style=Style.TONE3, neutral_tone_with_five=True) or [""]
