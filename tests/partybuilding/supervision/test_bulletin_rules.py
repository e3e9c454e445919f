"""What keeps a bulletin from being published: no issuer, no figures, figures of an unfinished quarter."""

from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from django.utils import timezone

from partybuilding.supervision.bulletins.rules import problems
from partybuilding.supervision.calendar import Quarter

QUARTER = Quarter(2025, 1)


def computed(days: int) -> datetime:
    """Return the noon so many days after the quarter's last working day."""
    noon = datetime.combine(QUARTER.last_working_day, datetime.min.time()) + timedelta(hours=12)
    return timezone.make_aware(noon + timedelta(days=days))


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({}, []),
        ({"issuer": ""}, ["请填写发文单位"]),
        ({"computed_at": None}, ["尚无数据"]),
        ({"computed_at": computed(-1)}, ["重新汇总数据"]),
        ({"issuer": "", "computed_at": None}, ["请填写发文单位", "尚无数据"]),
    ],
)
def test_a_bulletin_names_its_office_and_counts_a_quarter_that_is_over(
    facts: dict[str, Any], said: list[str]
) -> None:
    whole = {"issuer": "区委组织部", "computed_at": computed(0), "period": QUARTER}
    found = list(problems(SimpleNamespace(**{**whole, **facts})))
    assert len(found) == len(said)
    assert all(words in sentence for words, sentence in zip(said, found, strict=True)), found
