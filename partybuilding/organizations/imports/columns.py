"""The sheets and columns of the workbook, the words its cells may hold, and the empty one to fill in."""

import re
import unicodedata
from dataclasses import dataclass
from io import BytesIO

from django.utils.translation import override
from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from partybuilding.core.states import Role
from partybuilding.core.words.actors import delivered, said
from partybuilding.core.words.lists import WordList
from partybuilding.organizations.states import KINDS, SECTORS

LANGUAGE = "zh-hans"
#: The workbook speaks Chinese whatever language the interface is in; codes are stored.
ROLES = {
    "申报人": Role.APPLICANT,
    "初审员": Role.UNIT,
    "[[department]]": Role.DEPARTMENT,
    "[[task_force]]": Role.TASK_FORCE,
    "评审专家": Role.EXPERT,
    "编辑": Role.EDITOR,
    "发布": Role.PUBLISHER,
    "审计监督": Role.AUDITOR,
    "[[leader]]": Role.LEADER,
}
YES_NO = {"是": True, "否": False, "": False}


@dataclass(frozen=True)
class Column:
    """One column: its heading, the name of its value, and what its cells may hold."""

    #: Its heading, with the actors in their places.
    source: str
    name: str
    required: bool = False
    words: tuple[str, ...] | WordList = ()
    max_length: int = 100
    #: What the empty workbook shows; of a list of the district's own its first word, where it has no such one.
    usual: str = ""
    hint: str = ""
    #: What people also call it.
    also: tuple[str, ...] = ()
    #: Letters and digits: full-width ones become plain, and a number is taken as its digits.
    is_code: bool = False

    @property
    def heading(self) -> str:
        """What stands above it."""
        return said(self.source)

    @property
    def offered(self) -> tuple[str, ...]:
        """The words to choose from; nothing where cells hold what they like."""
        if isinstance(self.words, WordList):
            with override(LANGUAGE):
                return tuple(label for _code, label in self.words.offered())
        return tuple(map(said, self.words))

    @property
    def example(self) -> str:
        """What the row to be replaced says."""
        offered = self.offered
        usual = said(self.usual)
        return usual if not offered or usual in offered else offered[0]

    def code_of(self, cell: str) -> str:
        """Return the code of a cell that holds a word of a list; "" for another one."""
        assert isinstance(self.words, WordList)
        with override(LANGUAGE):
            return self.words.code_of(cell)

    def says(self, code: str) -> str:
        """Return the word of a stored code."""
        assert isinstance(self.words, WordList)
        with override(LANGUAGE):
            return self.words.label(code)

    def takes(self, cell: str) -> bool:
        """Tell whether a cell may hold this."""
        return (
            not self.words
            or cell in self.offered
            or cell in map(delivered, self.words)
            or (isinstance(self.words, WordList) and bool(self.code_of(cell)))
        )

    @property
    def names(self) -> set[str]:
        """Every heading that means this column, without marks and spaces."""
        return _names(self.source, self.also)


@dataclass(frozen=True)
class Sheet:
    """One sheet of the workbook."""

    source: str
    columns: tuple[Column, ...]
    also: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """What stands on its tab."""
        return said(self.source)

    @property
    def names(self) -> set[str]:
        """Every title that means this sheet."""
        return _names(self.source, self.also)

    @property
    def required(self) -> set[str]:
        """The names of the columns that must be there."""
        return {column.name for column in self.columns if column.required}


def _names(source: str, also: tuple[str, ...]) -> set[str]:
    """Return what a heading may be called: as it is today, as it was delivered, and otherwise."""
    texts = (source, *also)
    return {plain(one) for text in texts for one in (said(text), delivered(text))}


def role_of(cell: str) -> str:
    """Return the role that a cell names, as it is called today or was delivered; "" for none."""
    names = {name(text): role for name in (delivered, said) for text, role in ROLES.items()}
    return names.get(cell, "")


def plain(heading: str) -> str:
    """Return a heading as it is compared: without spaces, marks, remarks in brackets, full-width forms."""
    text = unicodedata.normalize("NFKC", heading).casefold()
    return re.sub(r"\([^)]*\)|[\s*:_\-]", "", text)


ORGANIZATIONS = Sheet(
    "[[organization]]",
    (
        Column(
            "[[organization]]代码",
            "code",
            True,
            max_length=40,
            usual="QJ-CD-001",
            hint="不可重复",
            also=("组织代码", "代码", "组织编码", "编码", "[[organization]]编码"),
            is_code=True,
        ),
        Column(
            "[[organization]]名称",
            "name",
            True,
            usual="石城社区",
            hint="填写全称，不可重复",
            also=("组织名称", "名称", "[[organization]]全称", "[[organization]]"),
        ),
        Column(
            "类别",
            "kind",
            True,
            KINDS,
            usual="党委",
            also=("[[organization]]类别", "组织类别", "类型", "[[organization]]类型"),
        ),
        Column("领域", "sector", False, SECTORS, usual="城市", also=("所属领域", "党建领域")),
        Column(
            "上级[[organization]]代码",
            "parent",
            False,
            max_length=40,
            usual="QJ-CD",
            hint="[[unit]]可不填",
            also=("上级代码", "上级组织代码", "上级[[organization]]编码"),
            is_code=True,
        ),
        Column(
            "是否[[unit]]",
            "is_reporting_unit",
            False,
            ("是", "否"),
            usual="否",
            also=("[[unit]]",),
        ),
        Column(
            "[[secretary]]姓名",
            "secretary_name",
            False,
            max_length=40,
            usual="张某某",
            also=("[[secretary]]",),
        ),
        Column("[[secretary]]职务", "secretary_post", False, usual="[[secretary]]"),
    ),
    also=("组织", "[[organization]]信息", "[[organization]]名册", "[[organization]]导入"),
)
PEOPLE = Sheet(
    "人员",
    (
        Column(
            "登录名",
            "username",
            True,
            max_length=150,
            usual="shicheng01",
            hint="字母和数字",
            also=("用户名", "账号", "帐号", "登录账号"),
            is_code=True,
        ),
        Column("姓名", "name", True, max_length=40, usual="李某某", also=("人员姓名", "名字")),
        Column(
            "[[organization]]代码",
            "organization",
            True,
            max_length=40,
            usual="QJ-CD-001",
            also=(
                "组织代码",
                "所在[[organization]]代码",
                "所属[[organization]]代码",
                "[[organization]]编码",
            ),
            is_code=True,
        ),
        Column("角色", "role", True, tuple(ROLES), usual="申报人", also=("系统角色", "用户角色")),
        Column("职务", "post", False, usual="干事", also=("岗位", "党内职务")),
        Column(
            "电子邮箱",
            "email",
            False,
            max_length=254,
            hint="用于接收消息提醒",
            also=("邮箱", "电子邮件", "email"),
            is_code=True,
        ),
        Column(
            "初始密码",
            "password",
            False,
            max_length=128,
            hint="仅新建账号时使用",
            also=("密码",),
        ),
        Column(
            "联系电话",
            "telephone",
            False,
            max_length=40,
            hint="手机或带区号的固定电话",
            also=("电话", "手机", "手机号", "手机号码", "联系方式", "telephone"),
            is_code=True,
        ),
    ),
    also=("人员信息", "人员名册", "用户", "人员导入"),
)
SHEETS = (ORGANIZATIONS, PEOPLE)
KIND, SECTOR = (
    next(column for column in ORGANIZATIONS.columns if column.name == name)
    for name in ("kind", "sector")
)


#: Rows for which the lists to choose from are set.
ROWS = 2000
#: Characters that a spreadsheet takes as a list to choose from.
LONGEST_LIST = 255
HEAD_FILL = PatternFill("solid", fgColor="F3E3DF")


def template_workbook() -> bytes:
    """Return the template as an .xlsx file."""
    workbook = Workbook()
    workbook.remove(workbook.active)
    for sheet in SHEETS:
        _write(workbook.create_sheet(sheet.title), sheet)
    out = BytesIO()
    workbook.save(out)
    return out.getvalue()


def _write(worksheet: Worksheet, sheet: Sheet) -> None:
    worksheet.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, start=1):
        _head(worksheet, number, column)
        worksheet.cell(row=2, column=number, value=column.example).number_format = "@"
        if column.words:
            _choices(worksheet, number, column)


def _head(worksheet: Worksheet, number: int, column: Column) -> None:
    cell = worksheet.cell(row=1, column=number, value=column.heading)
    cell.font = Font(bold=True, color="B3000C" if column.required else "222222")
    cell.fill = HEAD_FILL
    cell.alignment = Alignment(horizontal="center", vertical="center")
    note = "；".join(
        part for part in ("必填" if column.required else "", said(column.hint)) if part
    )
    if note:
        cell.comment = Comment(note, "")
    worksheet.column_dimensions[get_column_letter(number)].width = max(14, len(column.heading) * 3)


def _choices(worksheet: Worksheet, number: int, column: Column) -> None:
    letter = get_column_letter(number)
    listed = f'"{",".join(column.offered)}"'
    if len(listed) > LONGEST_LIST:
        return
    choice = DataValidation("list", formula1=listed, allow_blank=True)
    choice.error = "请从列表中选择。"
    worksheet.add_data_validation(choice)
    choice.add(f"{letter}2:{letter}{ROWS}")
