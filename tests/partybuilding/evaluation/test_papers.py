"""Certificates, score sheets on paper and summaries of the groups, as their readers read them."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from partybuilding.core.services import move
from partybuilding.evaluation.documents import certificates, groups, sheets
from partybuilding.evaluation.models import Award, Disagreement, ScoreSheet
from partybuilding.evaluation.selectors.results import Reading
from partybuilding.evaluation.services import give_statement, save_sheet
from partybuilding.evaluation.states import SheetState
from tests.factories.announced import make_announced
from tests.factories.evaluation import hold_draw, make_run, make_year, score
from tests.partybuilding.evaluation.papers import (
    READERS,
    pages_of_pdf,
    rows_of_xlsx,
    words_of_docx,
    words_of_pdf,
)

pytestmark = pytest.mark.django_db
both = pytest.mark.parametrize("edition", ["pdf", "docx"])


# Certificates


@both
def test_each_organization_of_a_joint_project_has_its_certificate(edition: str) -> None:
    year, _run = make_announced()
    lead, partner = Award.objects.filter(project=year.projects[0]).order_by("pk")
    for award, other, place in ((lead, partner, 1), (partner, lead, 2)):
        response = certificates.certificate_response(award, edition)
        text = READERS[edition](response.content)
        assert f"{award.organization.name}：" in text
        assert f"你单位与{other.organization.name}联合实施的《{award.project.title}》" in text
        assert str(award.grade) in text
        assert f"证书编号：{award.project.code}-{place}" in text
        assert "区委组织部" in text


def test_all_certificates_of_a_year_are_a_page_each_by_number() -> None:
    _year, run = make_announced()
    pages = pages_of_pdf(certificates.certificates_response(run).content)
    assert len(pages) == Award.objects.count()
    order = [award.project.title for award in certificates.awards_of(run)]
    assert all(title in page for title, page in zip(order, pages, strict=True))


def test_a_long_title_and_many_partners_stay_on_one_page() -> None:
    _year, run = make_announced()
    first, *_rest = certificates.certificates_of(certificates.awards_of(run), run)
    long = {
        **vars(first),
        "before": f"你单位与{'示例街道示例社区党委、' * 12}联合实施的《{'长' * 60}》",
    }
    one = type(first)(**long)
    pdf = certificates.certificates_pdf([one], title="证书", day=run.notice_ends_on)
    assert len(pages_of_pdf(pdf)) == 1


# Score sheets on paper


def laid_out() -> ScoreSheet:
    """Return an open sheet of an expert."""
    hold_draw(make_year())
    return fresh(ScoreSheet.objects.of_experts().first().pk)


def fresh(pk: int) -> ScoreSheet:
    """Read a sheet as its paper does."""
    return sheets.sheets_for_paper(ScoreSheet.objects.all()).get(pk=pk)


@both
def test_a_blank_sheet_names_its_criteria_with_their_limits_and_leaves_room(edition: str) -> None:
    sheet = laid_out()
    text = READERS[edition](sheets.sheet_response(sheet, edition).content)
    for criterion in sheet.criteria:
        assert criterion.name in text
    for words in (sheet.project.title, sheet.project.code, sheet.judge.get_full_name()):
        assert words in text
    assert "评审专家（签字）" in text
    assert f"校验码{sheets.code_of(sheet, typed=False)}" in text
    paper = sheets.outline_sheet(sheet)
    assert [row[3] for row in paper.rows] == [""] * (len(sheet.criteria) + 1)
    assert [row[2] for row in paper.rows] == ["30", "30", "40", "100"]


def typed(sheet: ScoreSheet) -> ScoreSheet:
    """Type points and a remark without handing them in."""
    give_statement(sheet.cycle, by=sheet.judge)
    points = dict(zip((one.code for one in sheet.criteria), ("27.5", "26", "35"), strict=True))
    save_sheet(sheet, points, by=sheet.judge, note="成效明显。")
    return fresh(sheet.pk)


def test_what_is_typed_is_printed_for_whose_it_is_and_for_nobody_else() -> None:
    sheet = typed(laid_out())
    own = sheets.outline_sheet(sheet, own=True)
    assert [row[3] for row in own.rows] == ["27.5", "26", "35", "88.5"]
    assert own.texts == (("评语", "成效明显。"),)
    others = sheets.outline_sheet(sheet)
    assert {row[3] for row in others.rows} == {""}
    assert others.texts == (("评语", ""),)
    assert others.foot != own.foot


@both
def test_a_sheet_that_was_handed_in_carries_the_beginning_of_its_seal(edition: str) -> None:
    sheet = fresh(score(laid_out(), "80").pk)
    text = READERS[edition](sheets.sheet_response(sheet, edition).content)
    assert f"封存校验码{sheet.seal[:8]}" in text
    assert f"{Decimal(sheet.total).normalize():f}" in text
    assert sheet.seal not in text


def test_the_code_changes_with_what_is_printed() -> None:
    sheet = laid_out()
    before = sheets.code_of(sheet, typed=True)
    assert before == sheets.code_of(sheet, typed=True)
    assert sheets.code_of(typed(sheet), typed=True) != before


def test_a_peer_s_sheet_asks_for_the_place_and_the_seal_of_the_organization() -> None:
    make_announced()
    sheet = fresh(ScoreSheet.objects.of_peers().first().pk)
    paper = sheets.outline_sheet(sheet)
    assert "互评表" in paper.title
    assert paper.rows[-1][3] == str(sheet.place)
    assert "盖章" in paper.signatures[0]
    text = words_of_pdf(sheets.sheet_response(sheet, "pdf").content)
    assert sheet.reviewer.name in text


def test_several_sheets_stand_in_one_file_each_on_its_page() -> None:
    laid_out()
    rows = list(sheets.sheets_for_paper(ScoreSheet.objects.of_experts()))
    pages = pages_of_pdf(sheets.sheets_response(rows, "评分表").content)
    assert len(pages) == len(rows)
    assert all("第1页" in page for page in pages)


def test_sheets_take_as_many_queries_for_many_as_for_one(
    django_assert_num_queries: Callable[[int], Any],
) -> None:
    laid_out()
    rows = sheets.sheets_for_paper(ScoreSheet.objects.of_experts())
    for some in (rows[:1], rows):
        with django_assert_num_queries(2):
            for sheet in some:
                sheets.outline_sheet(sheet)


# Summaries of the groups


def test_a_group_is_summed_up_by_its_own_sheets_on_site() -> None:
    _year, run = make_run()
    tables = groups.group_tables(run)
    site = ScoreSheet.objects.filter(kind="site", state=SheetState.LOCKED)
    assert {table.name for table in tables} == set(site.values_list("group__name", flat=True))
    for table in tables:
        assert [line.rank for line in table.lines] == sorted(line.rank for line in table.lines)
        for line in table.lines:
            own = site.filter(project=line.line.project)
            given = sorted(Fraction(total) for total in own.values_list("total", flat=True))
            assert list(line.points) == given
            assert line.mean == sum(given) / len(given)


def test_equal_means_share_a_rank() -> None:
    _year, run = make_run()
    site = {(one["judge"], one["project"]) for one in run.inputs["sheets"]}
    assert site
    for one in run.inputs["sheets"]:
        one["points"] = "80"
    assert {line.rank for table in groups.group_tables(run) for line in table.lines} == {1}


def test_pdf_and_workbook_say_the_same_and_the_workbook_in_numbers() -> None:
    year, run = make_run()
    Disagreement.objects.create(
        project=year.projects[0], group=year.groups[0], words="对成效看法不一。"
    )
    text = words_of_pdf(groups.groups_pdf_response(run).content)
    head, *rows = rows_of_xlsx(groups.groups_xlsx_response(run).content)
    assert head == ("评审组", *groups.HEADER)
    assert len(rows) == len(Reading(run).lines)
    for row in rows:
        assert isinstance(row[1], int)
        assert isinstance(row[9], int | float)
        assert row[3] in text
        assert f"{row[9]:.2f}" in text
    assert "对成效看法不一。" in text
    assert any(row[11] == "对成效看法不一。" for row in rows)
    assert "评审组组长（签字）" in text
    names = [expert.get_full_name() for expert in year.experts]
    assert not [name for name in names if name in text]


def test_the_summary_carries_the_code_of_its_run() -> None:
    year, run = make_run()
    run = move(run, "fix", by=year.department)
    assert f"校验码{run.digest[:8]}" in words_of_pdf(groups.groups_pdf_response(run).content)


def test_a_word_file_lies_on_its_side_where_the_pdf_does() -> None:
    _year, run = make_announced()
    found, *_rest = certificates.certificates_of(certificates.awards_of(run), run)
    assert "荣誉证书" in words_of_docx(certificates.certificate_docx(found, title="证书"))
