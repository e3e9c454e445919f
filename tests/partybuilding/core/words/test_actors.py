"""The names of the actors: what is said of them everywhere, and what it costs."""

import threading
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext, override, trans_real

from home.models import HomePage, TextPage
from partybuilding.core.access.current import current
from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.states import Role
from partybuilding.core.words import book as books
from partybuilding.core.words.actors import ACTORS, Actor, delivered, name_of, said
from partybuilding.core.words.sentences import Sentences, part_from
from partybuilding.cycles.words.services import LONGEST_NAME, Row, rows_of, save_words
from partybuilding.organizations.imports.columns import ORGANIZATIONS, role_of
from partybuilding.organizations.models import Organization
from partybuilding.terms.models import Term
from partybuilding.terms.starting import TERMS
from partybuilding.texts.register import texts
from tests.factories import make_person, open_cycle
from tests.factories.screens import client_of

database = pytest.mark.django_db
LIST = reverse("partybuilding:word_list", args=["actors"])
#: A sentence that names two, and what it says in the catalogue.
SENTENCE = "Publishers and the department take editions back."


def call(by: Any, **names: str) -> None:
    """Call actors otherwise, and read it as the next request would."""
    rows = [Row(row.code, names.get(row.code, row.label)) for row in rows_of(ACTORS)]
    save_words(ACTORS, rows, by=by)
    books.book()


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


def test_delivered_sentences_read_as_ever() -> None:
    assert gettext(SENTENCE) == "版本由发布人员或组织部撤回。"
    assert ngettext("%(n)s organization", "%(n)s organizations", 2) == "共%(n)s个党组织"
    assert [name_of(one) for one in (Actor.UNIT, Actor.DISTRICT)] == ["归口单位", "区"]


def test_what_names_nobody_is_found_before_any_sentence_is_asked() -> None:
    catalogues = trans_real.translation("zh-hans")._catalog._catalogs
    kinds = [isinstance(one, Sentences) for one in catalogues]
    assert kinds == sorted(kinds)
    assert kinds.count(True) == 2  # the plugin's and the site's
    plain = [one for one in catalogues if not isinstance(one, Sentences)]
    assert any("Draft" in one for one in plain)
    assert not any(SENTENCE in one for one in plain)
    part_from(trans_real.translation("zh-hans"))
    assert trans_real.translation("zh-hans")._catalog._catalogs == catalogues


def test_our_word_wins_over_one_of_wagtail() -> None:
    ours, theirs = {"Owner": "[[unit]]"}, {"Owner": "所有者", "Page": "页面"}
    catalogue = trans_real.TranslationCatalog()
    catalogue._catalogs, catalogue._plurals = [ours, theirs], [lambda n: 0] * 2
    part_from(SimpleNamespace(_catalog=catalogue))
    assert (catalogue["Owner"], catalogue["Page"]) == ("归口单位", "页面")
    assert (catalogue.get("Owner"), catalogue.get("None", "—")) == ("归口单位", "—")


def test_a_language_that_is_read_anew_says_the_names(monkeypatch: pytest.MonkeyPatch) -> None:
    """As after another catalogue was compiled below a running server of a developer."""
    monkeypatch.setattr(trans_real, "_translations", {})
    monkeypatch.setattr(trans_real, "_default", None)
    assert gettext(SENTENCE) == "版本由发布人员或组织部撤回。"


def test_a_place_of_nobody_stays_as_it_is() -> None:
    assert (
        said("[[unit]]、[[nobody]]、[unit]、[[Unit]]") == "归口单位、[[nobody]]、[unit]、[[Unit]]"
    )


def test_another_language_is_not_touched() -> None:
    with override("en"):
        assert gettext(SENTENCE) == SENTENCE
        assert said("[[unit]]") == "归口单位"


@database
def test_what_was_imported_long_ago_says_the_new_name(officer: Any) -> None:
    label = gettext_lazy(SENTENCE)
    call(officer, department="教育局", organization="学校")
    assert str(label) == "版本由发布人员或教育局撤回。"
    assert str(Role.DEPARTMENT.label) == "教育局"
    assert str(Organization._meta.verbose_name_plural) == "学校"
    assert ngettext("%(n)s organization", "%(n)s organizations", 2) == "共%(n)s个学校"
    assert delivered("[[department]]") == "组织部"


@database
def test_a_request_speaks_of_one_moment_and_asks_once(officer: Any) -> None:
    request = type("Request", (), {})()
    token = current.set(request)
    try:
        assert name_of(Actor.UNIT) == "归口单位"
        kept = request._book_of_words
        seen: list[str] = []
        other = threading.Thread(target=lambda: seen.append(name_of(Actor.UNIT)))
        other.start()
        other.join()
        assert seen == ["归口单位"]
        assert name_of(Actor.TEAM) == "四个一"
        assert request._book_of_words is kept
    finally:
        current.reset(token)


def test_a_database_that_is_away_stops_no_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    def away() -> tuple[int, int]:
        raise DatabaseError

    monkeypatch.setattr(books, "_marks", away)
    token = current.set(type("Request", (), {})())  # type: ignore[arg-type]
    try:
        assert gettext(SENTENCE) == "版本由发布人员或组织部撤回。"
    finally:
        current.reset(token)
    books.look_again()


@database
@pytest.mark.parametrize(
    "label",
    ["", "归口<b>单位", "百%单位", "R&D", "[[unit]]", "甲'乙", "长" * (LONGEST_NAME + 1), "区"],
)
def test_a_name_that_fits_no_sentence_is_refused(label: str, officer: Any) -> None:
    with pytest.raises(ConditionUnmet):
        call(officer, unit=label)
    assert ACTORS.label("unit") == "归口单位"


@database
def test_the_longest_names_fit_everywhere_that_was_planted(officer: Any) -> None:
    call(officer, **{code: f"{code:长<{LONGEST_NAME}}" for code in Actor.values})
    fields = [Term._meta.get_field(name) for name in ("word", "plain", "more")]
    for said_of in TERMS:
        for field, text in zip(fields, said_of, strict=True):
            assert len(said(text)) <= field.max_length, text
    home = HomePage.objects.get()
    assert len(home.lead) <= HomePage._meta.get_field("lead").max_length


@database
def test_a_year_that_opens_keeps_no_names(officer: Any) -> None:
    cycle = open_cycle()
    call(officer, unit="学区")
    assert ACTORS.label("unit", cycle.pk) == "学区"


@database
def test_the_screen_shows_what_was_delivered_and_keeps_a_journal(officer: Any) -> None:
    client = client_of(officer)
    form = client.get(LIST).context["form"]
    sent = {name: form[name].value() for name in form.fields if form[name].value()}
    place = ACTORS.codes().index("department")
    sent |= {"rows": len(form.shown), f"label_{place}": "教育局"}
    assert client.post(LIST, sent).status_code == 302
    page = client.get(LIST).content.decode()
    assert "组织部" in page
    assert "教育局" in page
    assert list(client.get(LIST).context["entries"])


@database
def test_what_was_planted_follows_until_somebody_edits_it(officer: Any) -> None:
    home, about = HomePage.objects.get(), TextPage.objects.get(slug="about")
    kept = Term.objects.get(word="四个一")
    kept.plain = "四类人员"
    kept.save()
    call(officer, unit="学区", organization="学校", programme="教育创新项目", team="四人组")
    assert HomePage.objects.get(pk=home.pk).title == "教育创新项目公开栏"
    assert "各级基层学校" in str(TextPage.objects.get(pk=about.pk).body)
    assert Term.objects.filter(word="学区").exists()
    assert Term.objects.get(pk=kept.pk).word == "四个一"
    home.refresh_from_db()
    home.title = "我们的栏目"
    home.save_revision(user=officer).publish()
    call(officer, programme="创新项目")
    assert HomePage.objects.get(pk=home.pk).title == "我们的栏目"


@database
def test_workbooks_of_other_places_are_understood(officer: Any) -> None:
    call(officer, department="教育局", organization="学校")
    assert ORGANIZATIONS.title == "学校"
    assert {"党组织", "学校"} <= ORGANIZATIONS.names
    assert [role_of(cell) for cell in ("教育局", "组织部", "别的")] == ["department"] * 2 + [""]


def test_no_text_shows_a_place_that_nobody_filled() -> None:
    shown = [
        part
        for text in texts().values()
        for part in (text.wording.delivered, repr(text.wording.samples))
    ]
    assert len(shown) > 80
    assert [part for part in shown if "[[" in part] == []


@pytest.mark.django_db(transaction=True)
def test_a_process_that_has_read_nothing_connects_for_its_first_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    call(make_person(Role.DEPARTMENT), unit="学区")
    monkeypatch.setattr(books, "_latest", None)
    connection.close()
    assert said("[[unit]]初审") == "学区初审"


def test_without_a_database_the_first_sentence_is_as_delivered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def away() -> None:
        raise DatabaseError

    closed = SimpleNamespace(connection=None, ensure_connection=away)
    monkeypatch.setattr(books, "_latest", None)
    monkeypatch.setattr(books, "connections", {"default": closed})
    assert said("[[unit]]初审") == "归口单位初审"
