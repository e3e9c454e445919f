"""What is drawn from its values alone is drawn once; what else it could depend on is in its key, or it is not kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any, NamedTuple

import pytest
import time_machine
from django import template
from django.db import DatabaseError
from django.http import HttpRequest
from django.template import Context, Engine
from django.test import RequestFactory
from django.utils import timezone, translation
from django.utils.functional import lazystr
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy

from partybuilding.core.access.current import current
from partybuilding.core.answers import pieces
from partybuilding.core.answers.pieces import Piece, key_of
from partybuilding.core.states import Tone
from partybuilding.core.words.book import Book, book, supposing
from partybuilding.organizations.models import Organization
from tests.factories import make_unit

register = template.Library()
drawn: list[Any] = []


@register.filter
@pieces.pure
def counted(value: Any) -> Any:
    """Return a value, and count that it was drawn."""
    drawn.append(value)
    return value


@register.filter
def unmarked(value: Any) -> Any:
    """Return a value; nothing says that it looks at nothing else."""
    return value


@pytest.fixture(autouse=True)
def as_in_use(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Draw as the site does while it answers a request; other tests hold each piece against a new drawing."""
    token = current.set(RequestFactory().get("/"))
    monkeypatch.setattr(Piece, "is_checked", False)
    pieces.store.cache_clear()
    drawn.clear()
    yield
    current.reset(token)


def site(
    inner: str, outer: str = '{% include "inner" with value=value only %}', **more: str
) -> Any:
    """Return a template that includes another."""
    engine = Engine(
        loaders=[
            ("django.template.loaders.locmem.Loader", {"inner": inner, "outer": outer, **more})
        ],
        builtins=["partybuilding.core.answers.pieces", __name__],
        libraries={
            "i18n": "django.templatetags.i18n",
            "tz": "django.templatetags.tz",
            "static": "django.templatetags.static",
            "column_words": "partybuilding.templatetags.column_words",
        },
    )
    return engine.get_template("outer")


def draw(outer: Any, value: Any = None) -> str:
    return str(outer.render(Context({"value": value})))


@dataclass
class Card:
    """Values as views hand them on."""

    title: str
    rows: list[Any]

    @property
    def words(self) -> str:
        """What is asked of them."""
        return f"{self.title} {timezone.localdate():%d}"


@dataclass
class Unread:
    """What asks when it is asked."""

    @property
    def units(self) -> int:
        """How many units there are."""
        return Organization.objects.count()


class Pair(NamedTuple):
    """Two values."""

    first: int
    second: int


@pytest.mark.parametrize(
    "value",
    [
        *("文字", 7, None, Decimal("1.50"), date(2026, 5, 1), datetime(2026, 5, 1, tzinfo=UTC)),
        *(mark_safe("<b>"), gettext_lazy("Draft"), Tone.ACTIVE, Pair(1, 2), frozenset({1})),
        {"title": "卡", "rows": [("a", 1), {"b": None}]},
        Card("卡", [{"day": date(2026, 5, 1)}, Tone.ACTIVE]),
    ],
)
def test_equal_values_are_drawn_once(value: Any) -> None:
    outer = site("{{ value|counted }}")
    assert draw(outer, value) == draw(outer, value)
    assert len(drawn) == 1


@pytest.mark.parametrize(
    ("one", "other"),
    [
        *((1, True), (1, 1.0), (0, False), (1, "1"), (0.0, -0.0), (None, "None"), ("", None)),
        *((Decimal("1.0"), Decimal("1.00")), ("<b>", mark_safe("<b>")), ((1, 2), [1, 2])),
        *((Pair(1, 2), (1, 2)), (Tone.ACTIVE, "active"), (Card("卡", []), Card("卡", [0]))),
        *(
            (lazystr("1"), 1),
            ({"a": 1, "b": 2}, {"b": 2, "a": 1}),
            (date(2026, 5, 1), "2026-05-01"),
        ),
        (
            datetime(2026, 5, 1, 8, tzinfo=UTC),
            datetime(2026, 5, 1, 8, tzinfo=timezone.get_fixed_timezone(60)),
        ),
    ],
)
def test_values_that_only_look_alike_are_drawn_apart(one: Any, other: Any) -> None:
    outer = site("{{ value|counted }}")
    alone = [draw(site("{{ value|counted }}"), value) for value in (one, other)]
    drawn.clear()
    assert [draw(outer, one), draw(outer, other)] == alone
    assert len(drawn) == 2


def test_words_of_another_language_are_drawn_apart() -> None:
    outer = site('{% load i18n %}{{ value|counted }}{% translate "Draft" %}')
    chinese = draw(outer, 1)
    with translation.override("en"):
        english = draw(outer, 1)
    assert (chinese != english, draw(outer, 1), len(drawn)) == (True, chinese, 2)


def test_moments_in_another_time_zone_are_drawn_apart() -> None:
    outer, moment = site('{{ value|date:"H:i" }}'), datetime(2026, 5, 1, 8, tzinfo=UTC)
    assert draw(outer, moment) == "16:00"
    with timezone.override("UTC"):
        assert draw(outer, moment) == "08:00"


def test_another_day_is_drawn_anew() -> None:
    outer = site("{{ value.words }}")
    for day in (1, 2):
        with time_machine.travel(datetime(2026, 5, day, 4, tzinfo=UTC), tick=False):
            assert draw(outer, Card("卡", [])) == f"卡 0{day}"


def test_other_words_of_the_offices_are_drawn_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    outer = site("{{ value|counted }}")
    for edition in ((1, 1), (1, 1), (1, 2)):
        monkeypatch.setattr(pieces, "book", lambda edition=edition: Book(edition=edition))
        draw(outer, 1)
    assert len(drawn) == 2


def test_without_a_database_it_is_drawn_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> Book:
        raise DatabaseError

    monkeypatch.setattr(pieces, "book", away)
    outer = site("{{ value|counted }}")
    assert [draw(outer, 1), draw(outer, 1), len(drawn)] == ["1", "1", 2]


def test_outside_of_a_request_it_is_drawn_each_time() -> None:
    outer = site("{{ value|counted }}")
    token = current.set(None)
    assert [draw(outer, 1), draw(outer, 1), len(drawn)] == ["1", "1", 2]
    current.reset(token)


@pytest.mark.parametrize(
    "inner",
    [
        '{% now "Y" %}',
        "{{ value|timesince }}",
        "{{ value|timeuntil }}",
        "{{ value|random }}",
        "{{ value|unmarked }}",
        "{% if value|unmarked %}{% endif %}",
        "{% for one in value|unmarked %}{% endfor %}",
        "{% with one=value|unmarked %}{% endwith %}",
        "{% firstof value|unmarked %}",
        "{% load i18n %}{% blocktranslate with one=value|unmarked %}{{ one }}{% endblocktranslate %}",
        "{% csrf_token %}",
        "{% querystring page=1 %}",
        '{% url "search" %}',
        "{% load column_words %}{% plain_line value %}",
        "{% cycle 1 2 %}",
        "{% include value %}",
        "{% if value %}{% for one in value %}{% now 'Y' %}{% endfor %}{% endif %}",
        '{% include "deep" %}',
        '{% include "deep" with value=1 only %}',
        '{% include "fine" with value=value|unmarked only %}',
    ],
)
def test_what_looks_elsewhere_is_not_kept(inner: str) -> None:
    outer = site(inner, deep='{% now "Y" %}', fine="{{ value }}")
    nodes = outer.engine.get_template("inner").nodelist
    assert not pieces.is_pure(nodes, outer.engine)


@pytest.mark.parametrize(
    "inner",
    [
        "{% load static %}{% static 'img/mark.svg' %}",
        "{% load i18n %}{% translate 'Draft' as word %}{{ word|default:value|linebreaksbr }}",
        "{% for one in value %}{{ forloop.counter }}{% empty %}{% firstof value '' %}{% endfor %}",
        '{% include "deep" with value=value only %}{% include "deep" %}',
        '{% if value %}{% include "inner" with value=value.inner only %}{% endif %}',
    ],
)
def test_what_looks_at_its_values_alone_is_kept(inner: str) -> None:
    outer = site(inner, deep="{% with one=value|date %}{{ one|join:'、' }}{% endwith %}")
    assert pieces.is_pure(outer.engine.get_template("inner").nodelist, outer.engine)


@pytest.mark.parametrize(
    "value",
    [
        *(Organization(name="街道"), Organization.objects.all(), len, (one for one in ())),
        *([Organization(name="街道")], {"of": object()}, Card("卡", [RequestFactory().get("/")])),
        HttpRequest(),
    ],
)
def test_what_may_change_without_looking_so_has_no_key(value: Any) -> None:
    outer = site("")
    assert key_of(outer, {"value": value}, Context()) is None


def test_what_has_no_key_is_drawn_each_time() -> None:
    outer, unit = site("{{ value.name|counted }}"), Organization(name="旧名")
    assert draw(outer, unit) == "旧名"
    unit.name = "新名"
    assert draw(outer, unit) == "新名"


@pytest.mark.django_db
def test_what_asks_the_database_while_it_is_drawn_is_drawn_each_time() -> None:
    outer = site("{{ value.units|counted }}")
    assert draw(outer, Unread()) == "0"
    make_unit()
    assert (draw(outer, Unread()), drawn) == ("1", [0, 1])


def test_escaping_is_part_of_the_key() -> None:
    outer = site("{{ value }}")
    assert draw(outer, "<") == "&lt;"
    assert outer.render(Context({"value": "<"}, autoescape=False)) == "<"


def test_the_name_may_be_a_value() -> None:
    outer = site("{{ value|counted }}", "{% include value with value=1 only %}", other="又")
    assert [draw(outer, name) for name in ("inner", "other", "inner")] == ["1", "又", "1"]
    assert len(drawn) == 1


def test_a_template_itself_may_be_included() -> None:
    outer = site("", "{% include value with value=1 only %}", other="又{{ value }}")
    assert draw(outer, outer.engine.get_template("other")) == "又1"


def test_what_sees_its_surroundings_is_included_as_ever() -> None:
    outer = site("{{ value|counted }}", '{% include "inner" %}')
    assert [draw(outer, 1), draw(outer, 1), len(drawn)] == ["1", "1", 2]


def test_no_more_is_kept_than_is_allowed(settings: Any) -> None:
    settings.PARTYBUILDING_PIECES_MEGABYTES = 1
    outer = site("{{ value }}" * 10)
    for number in range(40):
        draw(outer, f"{number:05}" * 1000)
    assert 0 < pieces.store().size <= pieces.MEGABYTE
    settings.PARTYBUILDING_PIECES_MEGABYTES = 0
    outer = site("{{ value|counted }}")
    assert [draw(outer, 1), draw(outer, 1), len(drawn)] == ["1", "1", 2]


def test_the_suite_notices_a_piece_that_is_drawn_from_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Piece, "is_checked", True)
    outer = site("{{ value|counted }}{{ value.secret }}")
    card = Card("卡", [])
    card.secret = "一"  # type: ignore[attr-defined]
    draw(outer, card)
    card.secret = "二"  # type: ignore[attr-defined]
    with pytest.raises(TypeError, match="more than it is handed"):
        draw(outer, card)


@pytest.mark.django_db
def test_words_that_are_only_supposed_share_their_edition_with_none() -> None:
    editions = [book().edition]
    for _each in range(2):
        with supposing({}):
            editions.append(book().edition)
    assert len(set(editions)) == 3
