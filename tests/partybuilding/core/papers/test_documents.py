"""The papers as PDF: what was typed is what is read, on every page, in every script."""

import io
import re
import shutil
from datetime import UTC, date, datetime
from typing import Any

import pytest
import typst
from pypdf import PdfReader

from partybuilding.core.papers import fonts
from partybuilding.core.papers.data import ReviewRow
from partybuilding.core.papers.typesetting import (
    TEMPLATES,
    application_form_pdf,
    missing_characters,
    result_letter_pdf,
    typeset,
)
from tests.factories.documents import application_form, plan_row, result_letter

EMPTY: dict[str, Any] = {
    "code": "",
    "sector": "",
    "topic": "",
    "unit": "",
    "partners": (),
    "secretary_name": "",
    "secretary_post": "",
    "contact_name": "",
    "contact_phone": "",
    "problem": "",
    "distinctiveness": "",
    "highlights": "",
    "overview": "",
    "plan": (),
    "attachments": (),
    "reviews": (),
    "submitted_at": None,
}


def pages_of(pdf: bytes) -> list[str]:
    """Return the text of each page without white space, because lines break where they must."""
    return ["".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    """Return the text of the whole file without white space."""
    return "".join(pages_of(pdf))


@pytest.fixture
def nothing_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have only the fonts that travel with the programme."""
    monkeypatch.setattr(fonts, "with_installed", fonts.bundled)


@pytest.mark.usefixtures("nothing_installed")
def test_the_form_holds_every_value_in_its_order() -> None:
    text = text_of(application_form_pdf(application_form()))
    values = (
        "2022年度基层党建创新项目申报表",
        "项目编号：2022-034",
        "2022年3月16日",
        "红色驿站连心桥",
        "示例街道党工委",
        "示例区直机关工委",
        "示例卷烟厂党委、示例社区党委",
        "城市",
        "融圈入群",
        "张某某",
        "党工委书记",
        "李某",
        "023-00000000",
        "流动党员找不到组织。居民诉求来回转。",
        "三方组织共用一个驿站。",
        "全年开放三百六十天。",
        "一站统领、三方联动、五项服务。",
        "走访摸底",
        "形成需求清单",
        "2022年4月30日",
        "王某",
        "副书记",
        "建成驿站",
        "1.实施方案.docx",
        "2.选址图.pdf",
        "初审通过",
        "切口小，路径清晰。",
        "示例区直机关工委（盖章）",
        "2022年3月28日",
    )
    place = 0
    for value in values:
        found = text.find(value, place)
        assert found >= 0, f"{value} is missing, or stands too early"
        place = found


def test_a_long_plan_repeats_its_header_and_every_page_is_numbered() -> None:
    plan = tuple(plan_row(number, goal="办结居民诉求" * 6) for number in range(1, 61))
    pages = pages_of(application_form_pdf(application_form(plan=plan)))
    with_steps = [page for page in pages if "办结居民诉求" in page]
    assert len(with_steps) > 2
    assert all("序号实施步骤目标任务完成时限责任人职务" in page for page in with_steps)
    for number, page in enumerate(pages, start=1):
        assert f"第{number}页共{len(pages)}页" in page


def test_an_empty_form_keeps_every_cell_and_the_place_of_each_seal() -> None:
    text = text_of(application_form_pdf(application_form(**EMPTY)))
    for label in ("联合申报单位", "选题", "拟破解的问题", "特色与辨识度", "预期亮点", "方案概述"):
        assert label in text
    assert text.count("（盖章）") == 3
    assert text.count("年月日") == 3
    assert "None" not in text


def test_a_review_that_was_given_leaves_no_blank_cell_of_its_kind() -> None:
    review = ReviewRow(stage="组织部立项意见", verdict="同意立项", date=date(2022, 4, 20))
    text = text_of(application_form_pdf(application_form(reviews=(review,))))
    assert text.count("立项意见") == 1
    assert text.count("初审意见") == 1


def test_only_a_draft_carries_the_watermark_and_on_every_page() -> None:
    draft = pages_of(application_form_pdf(application_form(submitted_at=None)))
    assert all("草稿" in page for page in draft)
    assert "草稿" not in text_of(application_form_pdf(application_form()))


def test_the_day_of_application_is_the_day_in_china() -> None:
    evening_in_london = datetime(2022, 3, 15, 17, 0, tzinfo=UTC)
    form = application_form(submitted_at=evening_in_london)
    assert "申报日期：2022年3月16日" in text_of(application_form_pdf(form))


def test_the_same_form_gives_the_same_bytes() -> None:
    assert application_form_pdf(application_form()) == application_form_pdf(application_form())


def test_a_paper_embeds_only_the_fonts_that_travel_along() -> None:
    reader = PdfReader(io.BytesIO(application_form_pdf(application_form())))
    names = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"]["/Font"].values()
    }
    assert names
    assert all("+Partybuilding" in name for name in names)


HOSTILE = (
    '#read("/etc/passwd")',
    '#import "form.typ": paper',
    "*加粗*_斜体_`代码`",
    "$x^2$ 与 \\ 与 <标签> 与 @引用",
    "#pagebreak() // 注释 /* 注释 */",
    "= 标题 - 列表 + 编号",
    '{"json": [1, null]} "引号"',
    "{{ 7*7 }} {% if %} &amp; <script>",
)


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.usefixtures("nothing_installed")
def test_markup_stays_text(text: str) -> None:
    seen = "".join(text.split())
    form = application_form(title=text, problem=text, plan=(plan_row(1, goal=text),))
    assert text_of(application_form_pdf(form)).count(seen) == 3
    letter = result_letter(approved=False, project_title=text, grounds=(text,), reason=text)
    assert text_of(result_letter_pdf(letter)).count(seen) == 3


def test_no_template_can_turn_text_into_code() -> None:
    for template in TEMPLATES.glob("*.typ"):
        assert not re.search(r"\b(eval|read|plugin)\(|@preview", template.read_text()), template


def test_the_typesetter_refuses_a_file_outside_its_folder(monkeypatch, tmp_path) -> None:
    shutil.copytree(TEMPLATES, tmp_path / "inside")
    (tmp_path / "secret.txt").write_text("内部")
    (tmp_path / "inside" / "paper.typ").write_text('#read("../secret.txt")')
    monkeypatch.setattr("partybuilding.core.papers.typesetting.TEMPLATES", tmp_path / "inside")
    with pytest.raises(typst.TypstError, match="would escape the project root"):
        typeset("paper.typ", "")


@pytest.mark.parametrize("text", ["长" * 2000, "x" * 2000, "https://example.org/" + "a/" * 990])
def test_two_thousand_characters_stay_whole(text: str) -> None:
    pdf = application_form_pdf(application_form(overview=text))
    assert text in re.sub(r"2022-034第\d+页共\d+页", "", text_of(pdf))


@pytest.mark.parametrize(
    "text", ["\x00\x07甲\x1b乙", "甲\u202e乙", "甲\ud800乙", "甲\ufeff乙\uffff"]
)
@pytest.mark.usefixtures("nothing_installed")
def test_what_has_no_shape_leaves_no_trace(text: str) -> None:
    assert "甲乙" in text_of(application_form_pdf(application_form(problem=text)))


@pytest.mark.usefixtures("nothing_installed")
def test_rare_characters_of_names_are_printed_without_installed_fonts() -> None:
    names = "𬭎㛃喆堃珺镕赟〇㎡№ǚ①㉑"
    assert missing_characters(names) == set()
    form = application_form(title=names, secretary_name=names)
    assert text_of(application_form_pdf(form)).count(names[:8]) == 2


@pytest.mark.parametrize("family", ["Partybuilding Serif", "Partybuilding Sans"])
@pytest.mark.parametrize("weight", ["regular", "bold"])
def test_every_font_holds_all_of_gb_2312(family: str, weight: str) -> None:
    rows = [lead for lead in range(0xA1, 0xF8) if not 0xAA <= lead <= 0xAF]
    cells = b"".join(bytes([lead, trail]) for lead in rows for trail in range(0xA1, 0xFF))
    text = cells.decode("gb2312", errors="ignore")
    source = f'#set text(font: "{family}", weight: "{weight}", fallback: false)\n#sys.inputs.text'
    pdf = typst.compile(
        source.encode(),
        font_paths=fonts.bundled(),
        sys_inputs={"text": text},
        pdf_standards="a-2b",  # which refuses a missing glyph
    )
    assert len(text) > 7400
    assert pdf.startswith(b"%PDF-")


@pytest.mark.usefixtures("nothing_installed")
def test_a_character_without_a_font_is_marked_and_named_in_the_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    form = application_form(problem="圆满完成😀。", overview="龘", code="\ue123")
    printed = text_of(application_form_pdf(form))
    assert "圆满完成〓。" in printed
    assert caplog.records[-1].characters.startswith("“龘”（U+9F98）、")
    assert missing_characters("完成😀。") == {"😀"}
    assert "《〓》" in text_of(result_letter_pdf(result_letter(project_title="龘")))


@pytest.mark.skipif(
    not fonts.stand_ins(fonts.with_installed()), reason="no Chinese font is installed here"
)
def test_an_installed_font_stands_in_for_a_rare_character() -> None:
    assert missing_characters("龘") == set()
    assert "龘" in text_of(application_form_pdf(application_form(overview="龘")))


def test_a_fault_of_a_template_is_not_taken_for_a_missing_character() -> None:
    with pytest.raises(typst.TypstError):
        typeset("form.typ", {"title": "甲"})


def test_a_letter_of_approval_tells_the_decision_the_people_and_the_duties() -> None:
    text = text_of(result_letter_pdf(result_letter()))
    for value in (
        "示例区委组织部示组立〔2022〕34号基层党建创新项目立项通知书示例街道党工委：",
        "你单位申报的2022年度基层党建创新项目《红色驿站连心桥》（项目编号：2022-034）收悉。",
        "决定予以立项。现将有关事项通知如下：",
        "一、落实“四个一”推进机制。",
        "职责姓名职务包抓领导陈某某副部长牵头书记张某某党工委书记",
        "工作队伍驿站专班党员骨干十二人",
        "二、做好公开承诺。",
        "三、抓好组织实施。",
        "特此通知。示例区委组织部2022年4月20日抄送：示例区直机关工委。",
    ):
        assert value in text.replace("—2—", "")


def test_a_letter_of_refusal_gives_each_ground_and_the_reason() -> None:
    letter = result_letter(
        approved=False, grounds=("特色不鲜明", "方案不完善"), reason="缺少时限。"
    )
    text = text_of(result_letter_pdf(letter))
    assert "不予立项告知书" in text
    assert (
        "决定不予立项。主要理由如下：一、特色不鲜明。二、方案不完善。具体意见：缺少时限。" in text
    )
    assert "四个一" not in text
    assert "特此告知。" in text


def test_a_single_ground_is_not_numbered() -> None:
    letter = result_letter(approved=False, grounds=("亮点不突出",), reason="", copied_to="")
    text = text_of(result_letter_pdf(letter))
    assert "主要理由如下：亮点不突出。请进一步" in text
    assert "抄送" not in text


def test_a_letter_without_named_people_asks_for_them() -> None:
    text = text_of(result_letter_pdf(result_letter(four_ones=())))
    assert "请尽快明确包抓领导、牵头书记、联系组工干部和工作队伍" in text
    assert "姓名" not in text
