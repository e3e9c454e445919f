"""The blocks of the genre: what each shows, what it asks for, and that its pictures are found."""

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from partybuilding.core.pages.pictures import images_of
from partybuilding.core.pages.texts import texts_of
from partybuilding.spreading.blocks import StoryBlock
from tests.factories import make_cast
from tests.factories.column import make_image
from tests.factories.spread import make_case

pytestmark = pytest.mark.django_db
FACTS = {"title": "一览", "rows": [{"label": "参与", "value": "312户"}]}
STEPS = {
    "name": "“12345”工作法",
    "steps": [{"title": "一核引领", "text": "支部牵头。"}, {"title": "两网联动", "text": ""}],
}
STATISTIC = {"number": "407", "unit": "户", "label": "就近办照", "source": "登记台账（示例）"}


def story(*parts: tuple[str, Any]) -> Any:
    return StoryBlock().to_python([{"type": kind, "value": value} for kind, value in parts])


def before_after() -> dict[str, Any]:
    first, second = make_image(), make_image()
    return {
        "before": {"image": first.pk, "caption": "积水", "alt": "改造前的院坝"},
        "after": {"image": second.pk, "caption": "", "alt": "改造后的院坝"},
    }


def test_each_block_shows_what_it_holds() -> None:
    shown = str(
        story(
            ("facts", FACTS),
            ("steps", STEPS),
            ("statistic", STATISTIC),
            ("before_after", before_after()),
        )
    )
    for words in ("一览", "312户", "“12345”工作法", "一核引领", "支部牵头。", "407"):
        assert words in shown
    assert "数据来源：登记台账（示例）" in shown
    for words in ("实施前", "实施后", 'alt="改造前的院坝"', "积水"):
        assert words in shown
    assert shown.index("改造前") < shown.index("改造后")


def test_the_pictures_of_every_block_are_found_in_their_order() -> None:
    pair, one = before_after(), make_image()
    figure = {"image": one.pk, "caption": "", "alt": "一张"}
    several = [{**figure, "image": make_image().pk}, figure]
    body = story(("figure", figure), ("before_after", pair), ("gallery", several))
    assert [image.pk for image in images_of(body)] == [
        *(one.pk, pair["before"]["image"], pair["after"]["image"]),
        *(item["image"] for item in several),
    ]


@pytest.mark.parametrize(
    ("kind", "value"),
    [
        ("facts", {"title": "", "rows": []}),
        ("facts", {"title": "", "rows": [{"label": "", "value": "312户"}]}),
        ("steps", {**STEPS, "steps": STEPS["steps"][:1]}),
        ("steps", {**STEPS, "name": ""}),
        ("statistic", {**STATISTIC, "source": ""}),
    ],
)
def test_what_is_incomplete_is_not_handed_in(kind: str, value: Any) -> None:
    with pytest.raises(ValidationError):
        StoryBlock().clean(story((kind, value)))


def test_the_gate_reads_their_words() -> None:
    page = make_case("draft", make_cast()).page
    page.practice = story(("steps", STEPS), ("statistic", STATISTIC), ("facts", FACTS))
    said = "".join(text for _place, text in texts_of(page))
    for words in ("支部牵头。", "登记台账（示例）", "312户"):
        assert words in said
