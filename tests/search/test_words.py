"""How texts become words, questions become trees, names are read, and snippets are cut."""

import pytest

from partybuilding.core.pages.words import aside
from search.asking import ways_of_asking
from search.folding import fold
from search.pinyin import initials, loosened, reading, spot, spot_alike, typed_letters
from search.snippets import LENGTH, marked, snippet
from search.terms import (
    All,
    Either,
    Everything,
    Nothing,
    Term,
    either,
    every,
    negation,
    pairs_of,
    phrase,
    plain_terms,
)
from search.tokens import indexed, tokens
from search.wanted import MEANT, Wanted, wanted_of


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("基层党建", ["基层", "层党", "党建", "建"]),
        ("竹", ["竹"]),
        ("12345工作法", ["12345", "工作", "作法", "法"]),
        ("AI大模型ISO9001", ["ai", "大模", "模型", "型", "iso9001"]),
        ("社区，治理", ["社区", "区", "治理", "理"]),
        ("臺灣２０２５", ["台湾", "湾", "2025"]),
        ("！？…_%", []),
        ("𠮷野家", ["𠮷野", "野家", "家"]),
    ],
)
def test_texts_become_pairs_and_words(text: str, words: list[str]) -> None:
    assert list(tokens(text)) == words


def test_what_is_indexed_is_capped_in_words_and_characters() -> None:
    assert indexed("社区治理", 2) == "社区 区"
    assert indexed("a" * 1000) == "a" * 64
    assert len(indexed("社" * 60_000).split()) == 50_000


def test_folding_is_idempotent_and_by_character() -> None:
    for text in ("鄉村振興", "１２％", "乾坤", "①"):
        assert fold(fold(text)) == fold(text)
    assert fold("鄉村") == "乡村"


def test_questions_become_all_their_pairs_and_quotes_phrases() -> None:
    assert plain_terms("社区 ") == [Term(("社区",))]
    assert plain_terms("竹") == [Term(("竹",), begins=True)]
    assert plain_terms("“小事不出村”调解") == [
        Term(("小事", "事不", "不出", "出村")),
        Term(("调解",)),
    ]
    assert plain_terms("工作法12345") == [Term((w,)) for w in ("工作", "作法", "12345")]
    assert phrase("工作法12345") == Term(("工作", "作法", "法", "12345"))
    assert phrase("？") == Nothing()
    assert plain_terms("iso", typing=True) == [Term(("iso",), begins=True)]
    assert plain_terms("“” ！") == []


def test_trees_are_joined_without_empty_parts() -> None:
    one, two = Term(("a",)), Term(("b",))
    assert every([one, Everything()]) == one
    assert every([one, Nothing()]) == every([]) == Nothing()
    assert every([Everything()]) == Everything()
    assert every([one, two]) == All((one, two))
    assert either([one, Nothing()]) == one
    assert either([one, Everything()]) == Everything()
    assert either([]) == Nothing()
    assert either([one, two]) == Either((one, two))
    assert negation(negation(one)) == one
    assert negation(Everything()) == Nothing()
    assert negation(Nothing()) == Everything()
    assert pairs_of(every([one, negation(two)])) == ("a",)
    assert pairs_of(Everything()) == ()


def test_names_are_read_in_syllables_and_initials() -> None:
    assert reading("石城社区") == "shichengshequ"
    assert reading("重庆") == "chongqing"
    assert initials("12345工作法") == "12345gzf"


@pytest.mark.parametrize(
    ("letters", "part"),
    [
        ("shicheng", "石城"),
        ("scsq", "石城社区"),
        ("shequ", "社区"),
        ("shequdang", "社区党"),
        ("shequd", "社区党"),
        ("hicheng", ""),
        ("xyz", ""),
    ],
)
def test_letters_are_found_in_names_from_syllable_to_syllable(letters: str, part: str) -> None:
    assert spot("石城社区党委", letters) == part


def test_letters_are_pinyin_only_when_they_can_be() -> None:
    assert typed_letters("Shi Cheng") == typed_letters("shi'cheng") == "shicheng"
    for text in ("石城", "a", "12345", "shi-cheng", "x" * 50, ""):
        assert typed_letters(text) == "", text


@pytest.mark.parametrize(
    ("typed", "part"),
    [
        ("sicenshequ", "石城社区"),
        ("shichensequ", "石城社区"),
        ("shicheng", "石城"),
        ("min", ""),
    ],
)
def test_letters_are_found_by_who_does_not_tell_all_sounds_apart(typed: str, part: str) -> None:
    assert spot_alike("石城社区党委", typed) == part


def test_what_sounds_alike_is_kept_alike() -> None:
    assert loosened("zhongliang") == loosened("zonnian") == "zonnian"
    assert loosened("hunan") == loosened("fulan")
    assert loosened("shanghai") == "sanhai"
    assert loosened(loosened("shangliang")) == loosened("shangliang")


def test_a_question_is_asked_as_it_stands_and_without_what_only_asks() -> None:
    assert ways_of_asking("清廉医院怎么走") == ["清廉医院", "清廉医院怎么走"]
    assert ways_of_asking("“清廉医院”在哪里") == ["“清廉医院”在哪里"]
    assert ways_of_asking("党建") == ["党建"]


def test_a_word_that_has_others_is_held_by_any_of_them_as_a_whole() -> None:
    wanted = wanted_of("如何给老人看病", ["老人 老年人", "看病 就医"])
    weights = {"老人": 1.0, "人看": 1.0, "看病": 2.0}
    assert wanted.words == ("老人", "人看", "看病")
    assert wanted.said == ["老年人", "就医"]
    assert wanted.covered({"老人", "看病"}, weights) == 3 / 4
    assert wanted.covered({"就医"}, weights) == 2 * MEANT / 4
    assert wanted.covered({"老年"}, weights) == 0
    assert wanted.covered({"老年", "年人"}, weights) == MEANT / 4
    assert wanted_of("“老人看病”", ["老人 老年人"]).said == []


def test_a_word_of_several_groups_is_joined_with_all_of_them() -> None:
    wanted = wanted_of("旅游公路", ["旅游 景区", "乡村旅游 旅游 赏花"])
    assert wanted.said == ["景区", "乡村旅游", "赏花"]


def test_characters_of_a_title_count_alone() -> None:
    wanted = Wanted("公厕改造", {"公厕": ["厕所"]})
    assert wanted.lettered("改道", set()) == 1 / 4
    assert wanted.lettered("厕所", {"厕所"}) == (1 + MEANT) / 4
    assert wanted.loosen({"改造": 1}) == ["公", "厕"]
    assert Wanted("ISO9001认证").characters == {"iso9001", "认", "证"}
    assert Wanted("！").lettered("文", set()) == 0


def test_words_are_marked_in_texts_as_written_and_all_is_escaped() -> None:
    assert marked("９００１認證 & <b>", ["9001认证"]) == (
        "<mark>９００１認證</mark> &amp; &lt;b&gt;"
    )
    assert marked("社区治理", ["社区冶理"]) == "<mark>社区</mark>治理"
    assert marked("", ["社区"]) == ""
    assert marked("㎡与社区", ["社区"]) == "㎡与<mark>社区</mark>"


def test_a_snippet_quotes_neither_labels_nor_what_pictures_show() -> None:
    text = "\n".join(
        [
            "项目年度",
            "2022",
            "课堂",
            aside("插画：教室里，有人站在黑板前讲课。"),
            "孩子们每周在课堂里做手工。",
        ]
    )
    assert snippet(text, ["课堂"]) == "孩子们每周在<mark>课堂</mark>里做手工。"
    assert "插画" not in snippet(text, ["插画"])
    assert "插画" not in snippet(text, ["手工"])


def test_a_snippet_is_cut_around_the_words() -> None:
    text = "无关的话。" * 100 + "这里说到议事厅和院坝会。" + "后面的话。" * 100
    cut = snippet(text, ["议事厅 院坝会"])
    assert "<mark>议事厅</mark>和<mark>院坝会</mark>" in cut
    assert cut.startswith("这里说到")
    assert cut.endswith("后面的话。")
    assert len(cut) < LENGTH + 40
    assert snippet("短文", ["没有"]) == "短文。"
    assert snippet("", ["没有"]) == ""


def test_a_snippet_reads_as_sentences() -> None:
    text = (
        "标题没有句号\n第一步，摆好凳子！第二步请来居民。"
        + "很长的一句，" * 40
        + "说到议事厅为止。"
    )
    assert snippet(text, ["标题"]).startswith("<mark>标题</mark>没有句号。第一步")
    assert snippet(text, ["凳子"]).startswith("第一步，摆好<mark>凳子</mark>！第二步请来居民。")
    cut = snippet(text, ["议事厅"])
    assert cut.startswith("…很长的一句，")
    assert cut.endswith("<mark>议事厅</mark>为止。")
