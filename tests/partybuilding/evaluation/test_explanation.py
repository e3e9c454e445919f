"""Letters of explanation: what they tell of one's own result, and that nothing of anybody else's is in them."""

import re
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from partybuilding.core.papers.letters import LetterOutline
from partybuilding.evaluation.documents import explanation
from partybuilding.evaluation.models import Disagreement, Run
from partybuilding.evaluation.selectors.explained import Explained, Told, told_run, without_names
from partybuilding.evaluation.shown import rounded
from partybuilding.projects.models import Project
from tests.factories.announced import make_announced, make_noticed
from tests.factories.evaluation import Judged, make_run
from tests.partybuilding.evaluation.papers import READERS, pages_of_pdf

pytestmark = pytest.mark.django_db
NUMBER = re.compile(r"\d+(?:\.\d+)?")
#: Numbers of the wording itself: scale, sheets of the method, quarters.
FIXED = {"100", "5", "25", "50", "75"}


def words_of(outline: LetterOutline) -> str:
    """Return everything that a letter says."""
    said = [*outline.opening, *outline.closing, *outline.signature, outline.title]
    said += [outline.issuer, outline.number, outline.addressee, outline.copied_to]
    for item in outline.items:
        said += [item.heading, item.text, *item.more, *(cell for row in item.table for cell in row)]
    return "\n".join(said)


def item_of(outline: LetterOutline, heading: str) -> Any:
    """Return the item of a letter whose heading has a word."""
    return next(item for item in outline.items if heading in item.heading)


def said_of(run: Run, project: Project) -> LetterOutline:
    """Return the letter on one project."""
    explained = Explained(run)
    told = explained.of(project.pk)
    assert told is not None
    return explanation.outline_of(told, run, explanation._body(run), explanation.text_of(run))


def allowed(told: Told, run: Run) -> set[str]:
    """Return the numbers that a letter may hold: one's own, and those of its wording."""
    project, found = told.line.project, set(FIXED)
    texts = [project.title, project.code, *project.told.organizations, str(run.cycle)]
    days = (run.notice_opens_on, run.notice_ends_on, explanation.day_of(run))
    texts += [f"{day.year} {day.month} {day.day}" for day in days]
    for part in told.parts:
        texts += [str(part.weight), rounded(part.raw), rounded(part.counted)]
    texts.append(rounded(told.line.composite))
    if told.distance is not None:
        texts.append(f"{float(told.distance):g}")
    texts += [f"{float(told.line.bonus):g}", f"{told.line.yuan / 10000:g}"]
    for text in texts:
        found |= set(NUMBER.findall(text or ""))
    return found


def test_no_letter_holds_a_number_that_is_not_its_own() -> None:
    year, run = make_announced(12, 2, 3)
    remark(year, 2, f"{year.experts[0].get_full_name()}只给了71.5分，其他人意见一致。")
    rows = Explained(run).all()
    own = {
        told.line.name: words_of(outline)
        for told, outline in zip(rows, explanation.letters_of(run), strict=True)
    }
    everybody = [one.get_full_name() for one in year.experts]
    for told in rows:
        words = own[told.line.name]
        assert set(NUMBER.findall(words)) <= allowed(told, run)
        for other in rows:
            if other is told:
                continue
            assert other.line.project.title not in words
            secret = {rounded(other.line.composite), *(rounded(one.counted) for one in other.parts)}
            assert not secret & set(NUMBER.findall(words)) - allowed(told, run)
        assert not [name for name in everybody if name in words]
        assert not re.search(r"第\d+名|排名|名次", words)


def remark(year: Judged, place: int, words: str) -> None:
    """Let a group's leader say something of a project."""
    Disagreement.objects.create(project=year.projects[place], group=year.groups[0], words=words)


def test_twelve_projects_are_told_their_quarters_and_what_they_lost() -> None:
    year, run = make_announced(12, 2, 3)
    best, last = said_of(run, year.projects[0]), said_of(run, year.projects[-1])
    table = item_of(best, "得分情况").table
    assert table[0] == explanation.HEADER
    assert {row[4] for row in table[1:]} <= set(explanation.QUARTERS)
    assert table[1][4] == "前25%"
    assert item_of(last, "得分情况").table[1][4] == "后25%"
    assert "失分最多的是" in item_of(last, "差距").text
    assert not any("差距" in item.heading for item in best.items)


def test_a_small_year_tells_no_quarter() -> None:
    year, run = make_announced()
    outline = said_of(run, year.projects[0])
    assert {row[4] for row in item_of(outline, "得分情况").table[1:]} == {explanation.TOO_FEW}


def test_points_are_those_of_the_run_rounded_half_up() -> None:
    year, run = make_announced()
    line = next(one for one in Explained(run).all() if one.line.project == year.projects[1]).line
    outline = said_of(run, year.projects[1])
    rows = item_of(outline, "得分情况").table[1:]
    assert [(row[2], row[3]) for row in rows] == [
        (rounded(line.raw[part]), rounded(line.parts[part]))
        for part in ("expert", "daily", "initial", "peer")
    ]
    assert f"综合得分{rounded(line.composite)}分" in item_of(outline, "得分情况").text


def test_grade_points_and_money_are_those_of_the_award() -> None:
    year, run = make_announced()
    award = year.projects[1].awards.get()
    text = item_of(said_of(run, year.projects[1]), "等次").text
    assert str(award.grade) in text
    assert f"加{award.points.normalize():f}分" in text
    assert f"{Decimal(award.yuan) / 10000:f}".rstrip("0").rstrip(".") in text


def test_a_joint_project_is_told_to_all_who_carried_it_out() -> None:
    year, run = make_announced()
    outline = said_of(run, year.projects[0])
    lead, partner = year.casts[0].organization.name, year.casts[0]["partner"]
    assert outline.addressee == f"{lead}、{partner.memberships.get().organization.name}："
    assert outline.opening[0].startswith("你们联合实施的")
    assert "共享" in item_of(outline, "等次").text
    assert outline.copied_to == ""


def test_the_last_of_a_grade_held_by_one_is_not_told() -> None:
    year, run = make_announced()
    text = "".join(words_of(said_of(run, project)) for project in year.projects)
    assert "为保护其得分，不列差距" in text


def test_a_leader_s_words_are_told_without_names_and_points() -> None:
    year, run = make_announced()
    judge = year.experts[0].get_full_name()
    remark(year, 0, f"{judge}给60分，其余给90.5分以上，5分钟讲解太短。\n分歧在成效。")
    item = item_of(said_of(run, year.projects[0]), "评审组意见")
    assert item.text == "某评委给若干分，其余给若干分以上，5分钟讲解太短。"
    assert item.more == ("分歧在成效。",)
    assert not any("评审组意见" in one.heading for one in said_of(run, year.projects[1]).items)


def test_of_two_names_the_longer_is_taken_first() -> None:
    assert without_names("张示12和张示1", ["张示1", "张示12", ""]) == "某评委和某评委"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("有人给六十分。", "有人给若干分。"),
        ("最低七十五点五分", "最低若干分"),
        ("组内第3名，第二位", "组内某一名次，某一名次"),
        (
            "群众十分满意，百分之九十参与，讲解五十分钟",
            "群众十分满意，百分之九十参与，讲解五十分钟",
        ),
    ],
)
def test_points_and_ranks_in_chinese_numerals_are_taken_out_and_words_stay(
    words: str, told: str
) -> None:
    assert without_names(words, []) == told


def test_during_the_comment_the_letter_says_how_to_object_and_until_when() -> None:
    year, run = make_noticed()
    outline = said_of(run, year.projects[0])
    assert "正在公示" in outline.opening[0]
    last = run.notice_ends_on
    text = item_of(outline, "异议").text
    assert f"至{last.year}年{last.month}月{last.day}日" in text
    assert "5个工作日内答复" in text
    assert told_run(year.projects[0]) is None


def test_a_grade_against_the_ranking_is_said_and_no_distance() -> None:
    _year, run = make_announced()
    lines = Explained(run).reading.lines
    name = lines[1].name
    run.overrides = [
        {"project": name, "grade": run.rows[1]["grade"], "reason": "内部理由", "by": "某"}
    ]
    outline = said_of(run, lines[1].project)
    assert "由组织部研究确定" in item_of(outline, "等次").text
    assert "内部理由" not in words_of(outline)
    assert not any("差距" in item.heading for item in outline.items)


def test_who_has_no_grade_is_told_so() -> None:
    _year, run = make_announced()
    rows = run.result["rows"]
    rows[-1] = {**rows[-1], "grade": "", "ranked_grade": "", "bonus": "0", "yuan": 0}
    project = Explained(run).reading.lines[-1].project
    assert explanation.UNGRADED in item_of(said_of(run, project), "等次").text


def test_a_part_that_was_not_scored_is_named() -> None:
    year, run = make_announced()
    row = run.result["rows"][0]
    row["raw"].pop("peer"), row["parts"].pop("peer")
    item = item_of(said_of(run, year.projects[0]), "得分情况")
    assert item.table[-1] == ("中期互评", "—", "—", "—", "—")
    assert item.more == ("其中中期互评因故未评，其权重由其他各项按比例分担。",)


@pytest.mark.parametrize("edition", ["pdf", "docx"])
def test_a_letter_reads_the_same_in_both_editions(edition: str) -> None:
    year, run = make_announced()
    outline = said_of(run, year.projects[0])
    text = READERS[edition](explanation.EDITIONS[edition](outline, explanation.day_of(run)))
    for item in outline.items:
        for words in (item.heading, item.text, *(cell for row in item.table for cell in row)):
            assert "".join(words.split()) in text
    assert outline.addressee in text


def test_all_letters_stand_in_one_file_by_number_and_each_begins_at_one() -> None:
    year, run = make_announced()
    pages = pages_of_pdf(explanation.letters_response(run).content)
    firsts = [page for page in pages if "评审结果说明函" in page]
    assert len(firsts) == len(year.projects)
    codes = [re.search(r"项目编号：([\d-]+)", page).group(1) for page in firsts]  # type: ignore[union-attr]
    assert codes == sorted(codes)
    assert not any("—3—" in page for page in pages)


@pytest.mark.parametrize("size", [(4, 2, 3), (12, 2, 3)])
def test_letters_take_as_many_queries_for_twelve_as_for_four(
    size: tuple[int, int, int], django_assert_num_queries: Callable[[int], Any]
) -> None:
    _year, made = make_announced(*size)
    run = Run.objects.select_related("cycle__evaluation").get(pk=made.pk)
    with django_assert_num_queries(8):  # two of them for the words in which they were issued
        explanation.letters_of(run)


def test_a_project_outside_the_run_is_told_nothing() -> None:
    _year, run = make_run()
    assert Explained(run).of(0) is None
    assert told_run(Project(cycle=run.cycle, pk=0)) is None


def test_a_distance_is_written_without_needless_zeros() -> None:
    assert explanation._plain(rounded(Fraction(3), 1)) == "3"
    assert explanation._plain(rounded(Fraction(7, 2), 1)) == "3.5"
    assert explanation._plain("10") == "10"
