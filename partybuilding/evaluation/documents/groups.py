"""The summary of every expert group (评审组汇总表): its projects with range, mean, rank, and the leader's words."""

from collections import defaultdict
from dataclasses import dataclass
from fractions import Fraction

from django.http import HttpResponse

from partybuilding.core.files.uploads import Kind
from partybuilding.core.papers.data import single_line
from partybuilding.core.papers.tables import TablePaper, tables_pdf
from partybuilding.core.registers.exports import workbook_response
from partybuilding.core.registers.sorting import sort_key
from partybuilding.core.words.actors import said
from partybuilding.evaluation.arithmetic.methods import mean
from partybuilding.evaluation.documents.explanation import day_of
from partybuilding.evaluation.models import Disagreement, Run
from partybuilding.evaluation.selectors.results import Line, Reading
from partybuilding.evaluation.shown import rounded
from partybuilding.organizations.models import ExpertGroup
from partybuilding.projects.documents import paper_response

TITLE = "[[programme]]评审组汇总表"
HEADER = (
    "组内名次", "项目编号", "项目名称", "实施单位", "评分表", "最低分", "最高分", "极差", "平均分",
    "校正后得分", "组长说明",
)  # fmt: skip
WIDTHS = (0.8, 1.2, 3.0, 2.2, 0.8, 0.8, 0.8, 0.8, 0.9, 1.1, 2.8)
LEFT = (2, 3, 10)
SIGNED = ("评审组组长（签字）：", "监督人（签字）：", "　　　　年　　月　　日")


@dataclass(frozen=True)
class GroupLine:
    """A project in its group: what the group's own experts gave on site, in points.

    Args:
        rank: by the mean; equal means share one.
        said: what the leader explained; "" when nothing.
    """

    line: Line
    points: tuple[Fraction, ...]
    rank: int
    said: str

    @property
    def mean(self) -> Fraction:
        """The plain mean."""
        return mean(self.points)


@dataclass(frozen=True)
class GroupTable:
    """A group with its projects, the best first."""

    name: str
    lines: tuple[GroupLine, ...]


def group_tables(run: Run) -> list[GroupTable]:
    """Return the groups of a run by name; sheets that others wrote from the file do not count here."""
    reading = Reading(run)
    points: dict[str, list[Fraction]] = defaultdict(list)
    for sheet in reading.inputs.sheets:
        if (sheet.judge, sheet.project) not in reading.inputs.written:
            points[sheet.project].append(sheet.points)
    said = dict(
        Disagreement.objects.filter(project__in=reading.names.behind("project").values())
        .values_list("project", "words")
    )  # fmt: skip
    lines = {line.name: line for line in reading.lines}
    members: dict[str, list[str]] = defaultdict(list)
    for entry in reading.inputs.entries:
        if points[entry.project]:
            members[entry.group].append(entry.project)
    names = ExpertGroup.objects.in_bulk(reading.names.behind("group").values())
    keys = reading.names.behind("group")
    tables = []
    for group, projects in members.items():
        means = {project: mean(points[project]) for project in projects}
        own = [
            GroupLine(
                lines[project],
                tuple(sorted(points[project])),
                1 + sum(other > means[project] for other in means.values()),
                said.get(lines[project].project.pk, ""),
            )
            for project in sorted(projects, key=lambda one: (-means[one], one))
        ]
        found = names.get(keys.get(group, 0))
        tables.append(GroupTable(found.name if found else "未分组", tuple(own)))
    return sorted(tables, key=lambda one: sort_key(one.name))


def _texts(one: GroupLine) -> tuple[str, ...]:
    project = one.line.project
    lowest, highest = one.points[0], one.points[-1]
    counted = one.line.parts.get("expert")
    return (
        str(one.rank),
        project.code or "",
        single_line(project.title),
        single_line(project.told.organization),
        str(len(one.points)),
        rounded(lowest, 1),
        rounded(highest, 1),
        rounded(highest - lowest, 1),
        rounded(one.mean),
        rounded(counted) if counted is not None else "—",
        single_line(one.said) or "—",
    )


def groups_pdf_response(run: Run) -> HttpResponse:
    """Return the summaries of all groups in one PDF, each on pages of its own."""
    papers = [
        TablePaper(
            title=f"{run.cycle.year}年度{said(TITLE)}",
            subtitle=single_line(table.name),
            header=HEADER,
            widths=WIDTHS,
            rows=tuple(map(_texts, table.lines)),
            left=LEFT,
            signatures=SIGNED,
            foot=f"{run}　校验码　{run.digest_now()[:8]}",
        )
        for table in group_tables(run)
    ]
    content = tables_pdf(papers, author="", day=day_of(run), landscape=True)
    return paper_response(content, f"{run.cycle.year}年度{said(TITLE)}", Kind.PDF.value)


def groups_xlsx_response(run: Run) -> HttpResponse:
    """Return the summaries of all groups in one sheet, numbers as such."""
    rows = (
        [table.name, *(_cell(place, text) for place, text in enumerate(_texts(line)))]
        for table in group_tables(run)
        for line in table.lines
    )
    return workbook_response(f"{run.cycle.year}年度{said(TITLE)}", ["评审组", *HEADER], rows)


def _cell(place: int, text: str) -> str | float | int:
    """Return ranks, counts and points as numbers."""
    if place in {0, 4}:
        return int(text)
    return float(text) if place in {5, 6, 7, 8, 9} and text != "—" else text


EDITIONS = {"pdf": groups_pdf_response, "xlsx": groups_xlsx_response}
