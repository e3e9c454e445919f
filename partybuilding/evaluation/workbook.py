"""A run as a workbook whose formulas compute it again: change a score, and ranks and grades follow.

Formulas are those that every spreadsheet knows; what they give is compared beside what was announced.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.formula import ArrayFormula

from partybuilding.evaluation.arithmetic.facts import (
    PARTS,
)
from partybuilding.evaluation.arithmetic.lots import lot_of
from partybuilding.evaluation.arithmetic.severity import SHRINKING

PART_NAMES = {"expert": "专家评分", "daily": "日常了解", "initial": "立项初评", "peer": "互评"}
BOLD = Font(bold=True)


def column(number: int) -> str:
    """Return the letters of a column, counted from 1."""
    return get_column_letter(number)


def _head(sheet: Any, names: Sequence[str]) -> None:
    sheet.append(list(names))
    for cell in sheet[1]:
        cell.font = BOLD
    sheet.freeze_panes = "B2"


@dataclass(frozen=True)
class _Range:
    """Cells of one column, from the second row down."""

    sheet: str
    letter: str
    rows: int

    def __str__(self) -> str:
        return f"{self.sheet}!${self.letter}$2:${self.letter}${self.rows + 1}"


class _Book:
    """The workbook of one run, sheet by sheet."""

    def __init__(self, run: Mapping[str, Any]) -> None:
        self.inputs, self.result = run["inputs"], run["result"]
        self.rules = self.inputs["rules"]
        self.book = Workbook()
        self.judges = sorted({one["judge"] for one in self.inputs["sheets"]})
        self.projects = [row["project"] for row in self.result["rows"]]
        self.count = len(self.inputs["sheets"])

    def sheets_range(self, letter: str) -> _Range:
        return _Range("评分表", letter, self.count)

    def write(self) -> bytes:
        self._results(self.book.active)
        self._sheets(self.book.create_sheet("评分表"))
        if self.rules["method"].startswith("two_way"):
            self._matrix(self.book.create_sheet("矩阵"))
            self._severity(self.book.create_sheet("宽严"))
        self._peers(self.book.create_sheet("互评表"))
        self._rules(self.book.create_sheet("规则"))
        written = BytesIO()
        self.book.save(written)
        return written.getvalue()

    def _sheets(self, sheet: Any) -> None:
        """Write every expert's points, and what of them counts."""
        _head(sheet, ("评委", "项目", "打分", "宽严", "计分"))
        corrected = self.rules["method"].startswith("two_way")
        last = len(self.judges) + 1
        for row, one in enumerate(self.inputs["sheets"], start=2):
            off = (
                f"=INDEX(宽严!$C$2:$C${last},MATCH(A{row},宽严!$A$2:$A${last},0))"
                if corrected
                else 0
            )
            points = float(Fraction(one["points"]))
            sheet.append([one["judge"], one["project"], points, off, f"=C{row}-D{row}"])

    def _matrix(self, sheet: Any) -> None:
        """Write for each project and judge whether there is a sheet, and its points."""
        _head(sheet, ("项目", "评分表数", "平均", *self.judges, *self.judges))
        size, names, points = len(self.judges), self.sheets_range("B"), self.sheets_range("C")
        for row, project in enumerate(self.projects, start=2):
            first, last = column(4), column(3 + size)
            cells: list[Any] = [
                project,
                f"=SUM({first}{row}:{last}{row})",
                f"=SUMIF({names},A{row},{points})/B{row}",
            ]
            here = f"{names},$A{row},{self.sheets_range('A')}"
            cells += [f"=COUNTIFS({here},{column(4 + at)}$1)" for at in range(size)]
            cells += [f"=SUMIFS({points},{here},{column(4 + size + at)}$1)" for at in range(size)]
            sheet.append(cells)

    def _severity(self, sheet: Any) -> None:
        """Write the equations of the severities and solve them: the last one says that they add up to 0."""
        size, last = len(self.judges), len(self.projects) + 1

        def present(at: int) -> str:
            return f"矩阵!${column(4 + at)}$2:${column(4 + at)}${last}"

        def points(at: int) -> str:
            return f"矩阵!${column(4 + size + at)}$2:${column(4 + size + at)}${last}"

        counts, means = f"矩阵!$B$2:$B${last}", f"矩阵!$C$2:$C${last}"
        _head(sheet, ("评委", "宽严（未折减）", "宽严", "评分表数", "右端", *self.judges))
        matrix = f"F2:{column(5 + size)}{size + 1}"
        for at, judge in enumerate(self.judges):
            row = at + 2
            cells: list[Any] = [
                judge,
                None,
                f"=B{row}*D{row}/(D{row}+{SHRINKING})" if self.rules["robust"] else f"=B{row}",
                f"=SUM({present(at)})",
                0 if row == size + 1 else f"=SUM({points(at)})-SUMPRODUCT({present(at)},{means})",
            ]
            for other in range(size):
                shared = f"SUMPRODUCT({present(at)}*{present(other)}/{counts})"
                own = f"=D{row}-{shared}" if at == other else f"=-{shared}"
                cells.append(1 if row == size + 1 else own)
            sheet.append(cells)
        solved = f"B2:B{size + 1}"
        sheet["B2"] = ArrayFormula(solved, f"=MMULT(MINVERSE({matrix}),E2:E{size + 1})")

    def _peers(self, sheet: Any) -> None:
        _head(sheet, ("互评单位", "项目", "打分"))
        for one in self.inputs["peers"]:
            sheet.append([one["judge"], one["project"], float(Fraction(one["points"]))])

    def _rules(self, sheet: Any) -> None:
        """Write the weights, and the grades with the first rank of each."""
        _head(sheet, ("等次起始名次", "等次", "名额", "奖补（元）", "", "构成", "权重"))
        first = 1
        grades = [*self.rules["grades"], {"code": "", "places": 0, "yuan": 0}]
        weights = [(PART_NAMES[part], self.rules["weights"].get(part, 0)) for part in PARTS]
        for at in range(max(len(grades), len(weights))):
            left: list[Any] = [None] * 4
            if at < len(grades):
                grade = grades[at]
                left = [first, grade["code"] or "未评等次", grade["places"], grade["yuan"]]
                first += grade["places"]
            right = list(weights[at]) if at < len(weights) else [None, None]
            sheet.append([*left, None, *right])

    def _results(self, sheet: Any) -> None:
        """Write the table: parts, result, rank and grade as formulas, beside what was announced."""
        sheet.title = "结果"
        heads = ("项目", "评审组", "日常了解1", "日常了解2", "立项初评", "平均分")
        parts = tuple(PART_NAMES[part] for part in PARTS)
        counted = tuple(f"{name}（计分）" for name in parts)
        ends = ("综合得分", "抽签序", "名次", "按名次等次", "调整等次", "等次")
        told = ("公布名次", "公布得分", "公布等次", "是否一致")
        _head(sheet, (*heads, *parts, *counted, *ends, *told))
        entries = {one["id"]: one for one in self.inputs["projects"]}
        instead = {one["project"]: one["grade"] for one in self.inputs["overrides"]}
        lots = sorted(self.projects, key=lambda name: lot_of(self.rules["seed"], name))
        last = len(self.projects) + 1
        for row, told_row in enumerate(self.result["rows"], start=2):
            entry = entries[told_row["project"]]
            sheet.append(
                [
                    entry["id"],
                    entry["group"],
                    *_two(entry["daily"]),
                    None if entry["initial"] is None else float(Fraction(entry["initial"])),
                    f"=AVERAGEIF({self.sheets_range('B')},A{row},{self.sheets_range('C')})",
                    *self._parts(row, last, entry),
                    *self._counted(row, last, entry),
                    *self._ends(row, last, lots.index(entry["id"]) + 1, instead.get(entry["id"])),
                    told_row["rank"],
                    round(float(Fraction(told_row["composite"])), 8),
                    told_row["grade"] or "未评等次",
                    f'=IF(AND(Q{row}=U{row},ABS(O{row}-V{row})<0.00000001,T{row}=W{row}),"一致","不一致")',
                ]
            )

    def _parts(self, row: int, last: int, entry: Mapping[str, Any]) -> Iterable[str | None]:
        off = [
            part
            for part in PARTS
            if not self.rules["weights"].get(part) or part in entry["excused"]
        ]
        peers = _Range("互评表", "B", len(self.inputs["peers"]))
        given = _Range("互评表", "C", len(self.inputs["peers"]))
        found = {
            "expert": self._expert(row, last),
            "daily": f"=AVERAGE(C{row}:D{row})",
            "initial": f"=E{row}",
            "peer": f"=AVERAGEIF({peers},A{row},{given})",
        }
        return [None if part in off else found[part] for part in PARTS]

    def _expert(self, row: int, last: int) -> str:
        names, points = self.sheets_range("B"), self.sheets_range("E")
        if self.rules["method"] == "z_groups":
            raw, group = f"$F$2:$F${last}", f"$B$2:$B${last}"
            own = f"AVERAGEIF({group},B{row},{raw})"
            wide = f"SQRT(SUMPRODUCT(({group}=B{row})*({raw}-{own})^2)/COUNTIF({group},B{row}))"
            return f"=AVERAGE({raw})+IF({wide}=0,0,(F{row}-{own})/{wide})*STDEVP({raw})"
        count, total = f"COUNTIF({names},A{row})", f"SUMIF({names},A{row},{points})"
        if not self.rules["method"].endswith("trimmed"):
            return f"={total}/{count}"
        most = f"SUMPRODUCT(MAX(({names}=A{row})*({points}+1000)))-1000"
        least = f"SUMPRODUCT(MIN({points}+({names}<>A{row})*1000))"
        return f"=IF({count}>=5,({total}-({most})-({least}))/({count}-2),{total}/{count})"

    def _counted(self, row: int, last: int, entry: Mapping[str, Any]) -> Iterable[str | None]:
        for at, part in enumerate(PARTS):
            letter = column(7 + at)
            if not self.rules["weights"].get(part) or part in entry["excused"]:
                yield None
            elif self.rules["standardise"]:
                whole = f"${letter}$2:${letter}${last}"
                scaled = f"5*({letter}{row}-AVERAGE({whole}))/STDEVP({whole})"
                yield f"=80+IF(STDEVP({whole})=0,0,{scaled})"
            else:
                yield f"={letter}{row}"

    def _ends(self, row: int, last: int, lot: int, grade: str | None) -> Iterable[Any]:
        single = [f"IF(ISNUMBER({column(11 + at)}{row}),规则!$G${2 + at},0)" for at in range(4)]
        total = "+".join(f"N({column(11 + at)}{row})*{one}" for at, one in enumerate(single))
        yield f"=ROUND(({total})/({'+'.join(single)}),10)"
        yield lot
        yield f"=1+SUMPRODUCT({self._before(row, last)})"
        starts, names = "规则!$A$2:$A$%d", "规则!$B$2:$B$%d"
        end = len(self.rules["grades"]) + 2
        yield f"=INDEX({names % end},MATCH(Q{row},{starts % end},1))"
        yield None if grade is None else (grade or "未评等次")
        yield f'=IF(S{row}="",R{row},S{row})'

    def _before(self, row: int, last: int) -> str:
        """Return the condition that another project stands before this one."""
        letters = {"expert": "K", "daily": "L", "initial": "M", "peer": "N", "lot": "P"}
        better, same = [], f"($O$2:$O${last}=O{row})"
        better.append(f"($O$2:$O${last}>O{row})")
        for rule in self.rules["ties"]:
            letter = letters[rule]
            whole, own = f"ROUND(${letter}$2:${letter}${last},10)", f"ROUND({letter}{row},10)"
            better.append(f"{same}*({whole}{'<' if rule == 'lot' else '>'}{own})")
            same += f"*({whole}={own})"
        return "+".join(better)


def _two(daily: Sequence[str]) -> list[float | None]:
    given: list[float | None] = [float(Fraction(points)) for points in daily[:2]]
    return [*given, None, None][:2]


def workbook_of(run: Mapping[str, Any]) -> bytes:
    """Return the workbook of a run.

    Args:
        run: inputs and result as they are written (`arithmetic.written`).
    """
    return _Book(run).write()
