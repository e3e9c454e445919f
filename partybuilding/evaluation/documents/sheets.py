"""Score sheets on paper (评分表): to be filled in by hand, or to be signed as they were handed in.

What an expert has typed and not handed in stays with the expert: the department's copy is blank until then.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet
from django.http import HttpResponse

from partybuilding.core.files.uploads import Kind
from partybuilding.core.papers.data import paragraphs, single_line
from partybuilding.core.papers.form_outline import Entry
from partybuilding.core.papers.tables import TablePaper, table_docx, tables_pdf
from partybuilding.core.sheets.kinds.choices import OneOf
from partybuilding.core.words.actors import Actor, name_of
from partybuilding.evaluation.arithmetic.canonical import digest
from partybuilding.evaluation.models import ScoreSheet
from partybuilding.evaluation.states import SheetState
from partybuilding.projects.documents import paper_response
from partybuilding.projects.yearform.conditions import words_of

HEADER = ("评审内容", "评分要点", "分值", "得分")
WIDTHS = (2.0, 4.6, 0.9, 1.1)
SIGNED = {
    False: ("评审专家（签字）：　　　　　　　　", "　　　　年　　月　　日"),
    True: ("互评单位（盖章）：　　　　　　　　", "　　　　年　　月　　日"),
}
#: So many characters of the digest stand in the foot, enough to tell two versions of a sheet apart.
CODE = 8


def sheets_for_paper(sheets: QuerySet[ScoreSheet]) -> QuerySet[ScoreSheet]:
    """Fetch what a sheet on paper says."""
    rows = sheets.select_related(
        "cycle__evaluation", "project__organization__unit", "judge", "reviewer", "group"
    )
    return rows.prefetch_related("cycle__evaluation__criteria")


def outline_sheet(sheet: ScoreSheet, *, own: bool = False) -> TablePaper:
    """Arrange a sheet for the page.

    Args:
        own: for whose sheet it is, who also gets what was typed and not handed in.
    """
    locked = sheet.state == SheetState.LOCKED
    shown = contents_of(sheet, typed=own or locked)
    points: Mapping[str, Decimal | None] = shown["points"]
    given = any(value is not None for value in points.values())
    rows = [
        (
            single_line(one.name),
            single_line(one.description),
            str(one.points),
            _plain(points[one.name]),
        )
        for one in sheet.criteria
    ]
    whole = str(sum(one.points for one in sheet.criteria))
    total = sum((value or Decimal(0) for value in points.values()), Decimal(0))
    rows.append(("合计", "", whole, _plain(total) if given else ""))
    if sheet.is_of_peer:
        rows.append(("名次", "在本单位互评的项目中的名次", "—", str(shown["place"] or "")))
    return TablePaper(
        title=f"{sheet.cycle.year}年度{name_of(Actor.PROGRAMME)}{'互评表' if sheet.is_of_peer else '评分表'}",
        marks=tuple(_marks(sheet)),
        header=HEADER,
        widths=WIDTHS,
        rows=tuple(rows),
        left=(1,),
        by_hand=not given,
        subtitle=_how(sheet),
        texts=(
            *_answers(sheet, shown["answers"], is_blank=not locked),
            ("评语", "\n".join(paragraphs(shown["note"])) or ("无" if locked else "")),
        ),
        signatures=SIGNED[sheet.is_of_peer],
        foot=f"{'封存校验码' if locked else '校验码'}　{code_of(sheet, typed=own or locked)}",
    )


def _answers(
    sheet: ScoreSheet, said: Mapping[str, str], *, is_blank: bool
) -> Iterator[tuple[str, str]]:
    """Yield what the year asks besides points with what is said to it; where that is nothing, what may be said."""
    asked = sheet.whole_form if is_blank else sheet.form
    for key, question in asked.questions.items():
        words = "\n".join(paragraphs(said.get(key, "")))
        hints = [words_of(question, asked).rstrip("。")] if is_blank and not words else []
        if hints and isinstance(question, OneOf):
            hints.append("□" + "　□".join(str(label) for _code, label in question.options))
        hint = "；".join(filter(None, hints))
        called = question.input().label if is_blank and not words else question.label
        label = single_line(str(called))
        yield f"{label}（{hint}）" if hint else label, words or ("" if is_blank else "无")


def _how(sheet: ScoreSheet) -> str:
    step = f"每项从0分起，步长{_plain(sheet.cycle.evaluation.step)}分"
    return step if sheet.is_of_peer else f"{step}。本人与该项目无利害关系，独立公正评分。"


def contents_of(sheet: ScoreSheet, *, typed: bool) -> dict[str, Any]:
    """Return what stands on the paper: what was typed, or nothing yet."""
    return {
        "points": {one.name: sheet.points_of(one) if typed else None for one in sheet.criteria},
        "note": sheet.note if typed else "",
        "answers": {
            key: words
            for key, question in sheet.form.questions.items()
            if typed and (words := question.words(sheet))
        },
        "place": sheet.place if typed else None,
    }


def code_of(sheet: ScoreSheet, *, typed: bool) -> str:
    """Return the short code of a paper: of the seal once it is handed in, before of what it says."""
    if sheet.state == SheetState.LOCKED:
        return sheet.seal[:CODE]
    shown = contents_of(sheet, typed=typed)
    points = {name: _plain(value) for name, value in shown["points"].items()}
    return digest({**shown, "sheet": sheet.pk, "points": points})[:CODE]


def _marks(sheet: ScoreSheet) -> Iterable[Entry]:
    project = sheet.project
    yield Entry("项目名称", single_line(project.title))
    yield Entry("项目编号", single_line(project.code or ""))
    yield Entry("实施单位", "、".join(map(single_line, project.told.organizations)))
    yield Entry("评审方式", str(sheet.get_kind_display()))
    if sheet.is_of_peer:
        yield Entry("互评单位", single_line(sheet.scorer_name))
        yield Entry(name_of(Actor.UNIT), single_line(sheet.project.told.unit))
    else:
        yield Entry("评审专家", single_line(sheet.scorer_name))
        yield Entry("评审组", single_line(sheet.group.name if sheet.group else ""))


def _plain(points: Decimal | None) -> str:
    return "" if points is None else f"{points.normalize():f}"


EDITIONS: dict[str, Callable[[TablePaper], bytes]] = {
    Kind.PDF.value: lambda paper: tables_pdf([paper], author="", day=None),
    Kind.DOCX.value: lambda paper: table_docx(paper, author=""),
}


def sheet_response(sheet: ScoreSheet, edition: str, *, own: bool = False) -> HttpResponse:
    """Return a sheet on paper, `edition` being "pdf" or "docx"; `own` as `outline_sheet`."""
    paper = outline_sheet(sheet, own=own)
    name = f"{sheet.project.code or ''} {paper.title}（{sheet.scorer_name}）"
    return paper_response(EDITIONS[edition](paper), name.strip(), edition)


def sheets_response(sheets: Iterable[ScoreSheet], name: str) -> HttpResponse:
    """Return several sheets in one PDF, as the department prints them; at least one."""
    content = tables_pdf([outline_sheet(sheet) for sheet in sheets], author="", day=None)
    return paper_response(content, name, Kind.PDF.value)
