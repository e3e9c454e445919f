"""The form of the public: what it takes, what it keeps, how it guards itself, and the receipt."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from partybuilding.core.answers.wording import Worded
from partybuilding.core.models import Notice
from partybuilding.core.selectors import faults_of_trail, trail_of
from partybuilding.opinions import targets
from partybuilding.opinions.forms import OpinionForm
from partybuilding.opinions.guards import MOST_SECONDS
from partybuilding.opinions.models import Opinion
from partybuilding.opinions.models.opinion import TEXT_LENGTH
from partybuilding.opinions.receipts import new_number
from partybuilding.opinions.services import receiving
from partybuilding.opinions.services.receiving import receive
from partybuilding.projects.models import Commitment
from tests.factories import Cast, make_cast
from tests.factories.column import forge, make_page
from tests.factories.opinions import TEXT, nonce, open_form, send

pytestmark = pytest.mark.django_db
#: One text, reworded by a machine.
REWORDED = (
    "加群领红包，名额有限，先到先得，手慢就没有了",
    "快加群领红包！名额有限先到先得，手慢就没了",
    "速速加群来领红包，名额有限，先到先得，手慢真的没有了",
    "加群领取红包：名额很有限，先到先得，手慢就没有",
    "大家加群领红包，名额有限，先到者先得，手慢就没有了",
    "加我群领红包，名额有限！先到先得！手慢就没有了哦123",
    "加群领大红包，名额不多有限，先到先得，手慢就没有了",
)
URL = "/opinions/"


@pytest.fixture
def cast() -> Cast:
    return make_cast()


@pytest.fixture
def resident() -> Client:
    return Client(enforce_csrf_checks=True)


def numbers_in(answer: Any) -> tuple[str, str]:
    """Return receipt number and code, as the page shows them."""
    found = re.findall(r'receipt__number">([0-9 -]+)<', answer.text)
    return found[0], found[1]


def test_an_opinion_on_a_commitment_arrives_with_a_receipt(cast: Cast, resident: Client) -> None:
    page = make_page("implementing", cast)
    commitment = page.project.commitments.get()
    address = f"{URL}?commitment={commitment.pk}"
    assert address.removeprefix(URL) in resident.get(page.url).text
    form = resident.get(address)
    assert commitment.goal in form.text
    assert 'name="about"' not in form.text
    answer = send(resident, address, text=TEXT, contact="13800138000")
    opinion = Opinion.objects.get()
    number, code = numbers_in(answer)
    assert answer.status_code == 200
    assert number == opinion.number
    assert re.fullmatch(r"\d{4} \d{4}", code)
    assert code.replace(" ", "") not in {opinion.code_hash, opinion.submission}
    assert (opinion.project, opinion.commitment) == (page.project, commitment)
    assert opinion.unit == cast.organization.unit
    assert opinion.due_on == opinion.accept_by
    assert [row.by_name for row in trail_of(opinion)] == ["群众"]
    assert list(faults_of_trail()) == []


def test_what_is_about_no_project_goes_to_the_department(cast: Cast, resident: Client) -> None:
    send(resident, URL, text=TEXT)
    opinion = Opinion.objects.get()
    assert (opinion.project, opinion.unit) == (None, None)
    assert opinion in Opinion.objects.waiting_for(cast["department"])
    assert Notice.objects.to(cast["department"]).filter(subject="收到新的群众意见").count() == 1


def test_the_project_can_be_chosen_in_the_form(cast: Cast, resident: Client) -> None:
    page = make_page("approved", cast)
    assert page.title in resident.get(URL).text
    send(resident, URL, text=TEXT, about=page.project.code)
    assert Opinion.objects.get().project == page.project


def offer_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Offer a list of one project at most; the question for it is worded with the number."""
    monkeypatch.setattr(targets, "OFFERED", 1)
    monkeypatch.setattr(targets, "_several", Worded(targets._several.__wrapped__))


def test_where_there_are_many_a_project_is_found_by_words(
    cast: Cast, resident: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer_one(monkeypatch)
    pages = [make_page("implementing", cast, title=title) for title in ("长者食堂", "邻里议事厅")]
    hidden = open_form(resident, URL)
    assert not any(page.title in resident.get(URL).text for page in pages)
    found = resident.post(URL, {**hidden, "text": TEXT, "find": "议事", "look": "1"})
    assert TEXT in found.text
    assert (pages[0].title in found.text, pages[1].title in found.text) == (False, True)
    assert not Opinion.objects.exists()
    nothing = resident.post(URL, {**hidden, "text": TEXT, "find": "没有的", "look": "1"})
    assert 'name="about"' not in nothing.text
    assert "换短一点" in nothing.text
    send(resident, URL, text=TEXT, find="议事", about=pages[1].project.code)
    assert Opinion.objects.get().project == pages[1].project


def test_of_many_found_projects_some_are_offered(
    cast: Cast, resident: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    offer_one(monkeypatch)
    monkeypatch.setattr(targets, "FOUND", 1)
    pages = [make_page("implementing", cast, title=f"长者食堂{at}") for at in range(2)]
    typed = {"find": "食堂", "about": pages[1].project.code}
    form = OpinionForm(initial=typed)
    [about] = [field for field in form.shown_fields if field.name == "about"]
    assert len(about.field.widget.choices) == 3
    assert "再加一个词" in about.help_text


@pytest.mark.parametrize("query", ["?commitment=999999", "?commitment=x", "?project=nope", "?a=1"])
def test_an_unknown_address_asks_for_the_project(cast: Cast, resident: Client, query: str) -> None:
    make_page("implementing", cast)
    found = resident.get(URL + query)
    assert found.status_code == 200
    assert 'name="about"' in found.text


@pytest.mark.parametrize("state", ["archived", "terminated"])
def test_what_is_over_takes_no_opinions(cast: Cast, resident: Client, state: str) -> None:
    page = make_page("implementing", cast)
    forge(page.project, state)
    commitment = page.project.commitments.get()
    assert f"commitment={commitment.pk}" not in resident.get(page.url).text
    assert commitment.goal not in resident.get(f"{URL}?commitment={commitment.pk}").text
    answer = send(resident, URL, text=TEXT, about=page.project.code)
    assert not Opinion.objects.exists()
    assert "请从列表中选择" in answer.text


def test_what_is_not_published_cannot_be_written_about(cast: Cast, resident: Client) -> None:
    page = make_page("implementing", cast)
    page.unpublish()
    key = Commitment.objects.get().pk
    assert page.title not in resident.get(f"{URL}?commitment={key}").text
    assert page.title not in resident.get(f"{URL}?project={page.project.code}").text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"text": "  "}, "请写下您的意见"),
        ({"text": "好"}, "写得太短"),
        ({"text": "长" * (TEXT_LENGTH + 1)}, f"最多{TEXT_LENGTH}个字"),
        ({"text": TEXT, "contact": "一" * 61}, "最多60个字"),
    ],
)
def test_errors_stand_beside_their_field_and_nothing_typed_is_lost(
    cast: Cast, resident: Client, given: dict[str, str], words: str
) -> None:
    answer = send(resident, URL, **given)
    assert words in answer.text
    title = answer.text.split("<title>")[1].split("</title>")[0]
    assert title.strip().startswith("填写有误"), "what is announced first"
    assert not Opinion.objects.exists()
    for text in filter(str.strip, given.values()):
        assert text in answer.text


def test_three_fields_at_most_are_shown(cast: Cast, resident: Client) -> None:
    form = resident.get(URL).context["form"]
    assert [field.name for field in form.shown_fields] == ["about", "text", "contact"]


def test_the_same_form_sent_twice_is_one_opinion_with_one_receipt(
    cast: Cast, resident: Client
) -> None:
    hidden = open_form(resident, URL)
    with time_machine.travel(timezone.now() + timedelta(seconds=9), tick=False):
        first, second = (resident.post(URL, {**hidden, "text": TEXT}) for _turn in range(2))
    assert numbers_in(first) == numbers_in(second)
    assert Opinion.objects.count() == 1


@pytest.mark.parametrize(
    ("change", "after", "words"),
    [
        ({}, timedelta(seconds=1), "提交得太快了"),
        ({}, timedelta(seconds=MOST_SECONDS + 1), "页面打开的时间较长"),
        ({"stamp": "forged.1:abc"}, timedelta(seconds=9), "页面打开的时间较长"),
        ({"stamp": ""}, timedelta(seconds=9), "页面打开的时间较长"),
        ({"csrfmiddlewaretoken": "x" * 64}, timedelta(seconds=9), "页面打开的时间较长"),
        ({"homepage": "https://spam.example"}, timedelta(seconds=9), "请再按一次"),
    ],
)
def test_a_guard_holds_a_form_back_in_words_and_the_next_try_passes(
    cast: Cast,
    resident: Client,
    change: dict[str, str],
    after: timedelta,
    words: str,
) -> None:
    with time_machine.travel(timezone.now(), tick=False) as clock:
        hidden = open_form(resident, URL)
        clock.shift(after)
        answer = resident.post(URL, {**hidden, "text": TEXT, **change})
        assert answer.status_code == 200
        assert words in answer.text
        assert TEXT in answer.text
        assert not Opinion.objects.exists()
        again = dict(re.findall(r'name="(stamp|csrfmiddlewaretoken)" value="([^"]+)"', answer.text))
        clock.shift(timedelta(seconds=9))
        resident.post(URL, {**again, "homepage": "", "text": TEXT})
    assert Opinion.objects.count() == 1


def test_a_form_without_any_cookie_is_not_lost_either(cast: Cast) -> None:
    strict = Client(enforce_csrf_checks=True)
    hidden = open_form(strict, URL)
    strict.cookies.clear()
    with time_machine.travel(timezone.now() + timedelta(seconds=9), tick=False):
        answer = strict.post(URL, {**hidden, "text": TEXT})
    assert TEXT in answer.text
    assert not Opinion.objects.exists()


@pytest.mark.usefixtures("whole_window")
def test_too_many_from_one_address_read_when_to_come_back(
    cast: Cast, resident: Client, settings: Any
) -> None:
    settings.PARTYBUILDING_OPINIONS_PER_ADDRESS = 2
    settings.TRUSTED_PROXIES = 1
    for _turn in range(2):
        send(resident, URL, text=TEXT)
    answer = send(resident, URL, text="第三条意见")
    assert answer.status_code == 429
    assert int(answer["Retry-After"]) <= 600
    assert "第三条意见" in answer.text
    assert Opinion.objects.count() == 2
    other = Client(enforce_csrf_checks=True, headers={"X-Forwarded-For": "192.0.2.9"})
    assert send(other, URL, text="另一处的意见").status_code == 200
    assert Opinion.objects.count() == 3


@pytest.mark.usefixtures("whole_window")
def test_the_limit_holds_without_a_cache_and_over_all_processes(
    cast: Cast, resident: Client, settings: Any
) -> None:
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    settings.PARTYBUILDING_OPINIONS_PER_ADDRESS = 1
    answers = [send(resident, URL, text=TEXT).status_code for _turn in range(3)]
    assert answers == [200, 429, 429]


def test_a_cookie_is_set_by_the_forms_alone(cast: Cast, resident: Client) -> None:
    page = make_page("implementing", cast)
    for address in (
        "/opinions/lookup/",
        "/opinions/replies/",
        "/opinions/replies/feed.atom",
        page.url,
        "/",
    ):
        assert not Client().get(address).cookies, address
    form = Client().get(URL)
    assert set(form.cookies) == {"csrftoken"}
    assert "no-store" in form["Cache-Control"]
    assert "no-store" in send(resident, URL, text=TEXT)["Cache-Control"]


def test_what_was_typed_is_never_markup(cast: Cast, resident: Client) -> None:
    evil = '<script>alert(1)</script>"><img src=x onerror=alert(1)>'
    answer = send(resident, URL, text=evil, contact=evil * 3)
    assert "<script>alert" not in answer.text
    assert "<img src=x" not in answer.text


def test_units_are_told_once_a_day_however_many_arrive(cast: Cast) -> None:
    project = make_page("implementing", cast).project
    for number in range(4):
        receive(text=f"意见甲{'乙' * number}丙", nonce=nonce(), project=project)
    told = Notice.objects.to(cast["unit"]).filter(subject="收到新的群众意见")
    assert told.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        receive(text="又一条", nonce=nonce(), project=project)
    assert told.count() == 2


def test_a_flood_lands_whole_and_is_told_apart(cast: Cast) -> None:
    project = make_page("implementing", cast).project
    for number in range(12):
        receive(text=f"加群领奖{number}！！", nonce=nonce(), project=project)
    receive(text=TEXT, nonce=nonce(), project=project)
    assert Opinion.objects.count() == 13
    assert Opinion.objects.filter(is_similar=True).count() == 8
    assert not Opinion.objects.get(text=TEXT).is_similar


def test_a_reworded_flood_is_told_apart_and_stays_one_group(cast: Cast) -> None:
    project = make_page("implementing", cast).project
    for words in REWORDED:
        receive(text=words, nonce=nonce(), project=project)
    receive(text=TEXT, nonce=nonce(), project=project)
    flood = Opinion.objects.exclude(text=TEXT)
    assert flood.values("fingerprint").distinct().count() == 1
    assert flood.filter(is_similar=True).count() == len(REWORDED) - 4
    assert not Opinion.objects.get(text=TEXT).is_similar


def test_two_residents_with_the_same_concern_are_not_one(cast: Cast) -> None:
    project = make_page("implementing", cast).project
    for words in (TEXT, "照料点中午不开门，我妈妈只好在外面站着，希望派人值班。"):
        receive(text=words, nonce=nonce(), project=project)
    assert Opinion.objects.values("fingerprint").distinct().count() == 2


def test_nearly_the_same_words_to_another_unit_or_on_another_day_are_not_one(cast: Cast) -> None:
    receive(text=REWORDED[0], nonce=nonce(), project=make_page("implementing", cast).project)
    receive(text=REWORDED[1], nonce=nonce())
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        receive(text=REWORDED[2], nonce=nonce())
    assert Opinion.objects.values("fingerprint").distinct().count() == 3


def test_short_texts_are_one_only_when_they_are_the_same(cast: Cast) -> None:
    for words in ("路灯坏了", "路灯坏", "路灯 坏了！"):
        receive(text=words, nonce=nonce())
    assert Opinion.objects.values("fingerprint").distinct().count() == 2


def test_a_flood_of_ever_other_words_costs_the_same_from_first_to_last(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    project = make_page("implementing", cast).project
    receive(text=TEXT, nonce=nonce(), project=project)  # reads what a process reads once
    for number in range(0x4E00, 0x4E00 + 20):
        other = "".join(chr(number * 7 + at * 31) for at in range(20))
        with django_assert_max_num_queries(19):
            receive(text=other, nonce=nonce(), project=project)
    assert not Opinion.objects.filter(is_similar=True).exists()


def test_a_flood_costs_the_same_number_of_queries_from_first_to_last(
    cast: Cast, django_assert_max_num_queries: Any
) -> None:
    project = make_page("implementing", cast).project
    for number in range(30):
        with django_assert_max_num_queries(18 if number < 5 else 12):
            receive(text=f"加群领奖{number}", nonce=nonce(), project=project)


def test_without_a_year_the_letterbox_says_so(resident: Client) -> None:
    answer = send(resident, URL, text=TEXT)
    assert "第一个年度批次开始后" in answer.text
    assert TEXT in answer.text


def test_without_its_page_there_is_no_letterbox(cast: Cast, resident: Client) -> None:
    from partybuilding.opinions.pages import OpinionIndexPage

    OpinionIndexPage.objects.get().unpublish()
    assert resident.get(URL).status_code == 404
    assert resident.get("/opinions/replies/").status_code == 200


def test_a_number_that_somebody_has_is_not_given_twice(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = receive(text=TEXT, nonce=nonce()).opinion
    numbers = [first.number, "20220513-000001"]
    monkeypatch.setattr(receiving, "new_number", lambda _day: numbers.pop(0))
    assert receive(text=TEXT, nonce=nonce()).opinion.number == "20220513-000001"
    monkeypatch.setattr(receiving, "new_number", lambda _day: first.number)
    with pytest.raises(RuntimeError):
        receive(text=TEXT, nonce=nonce())
    assert Opinion.objects.count() == 2


def test_of_two_that_send_the_same_form_at_once_the_second_gets_the_first_ones_receipt(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    name = nonce()

    def faster(day: Any) -> str:
        monkeypatch.undo()
        receive(text=TEXT, nonce=name)
        return new_number(day)

    monkeypatch.setattr(receiving, "new_number", faster)
    receipt = receive(text=TEXT, nonce=name)
    assert Opinion.objects.get() == receipt.opinion
    assert receipt.code == receive(text=TEXT, nonce=name).code


def test_a_mistake_on_a_page_is_reported_with_its_address(cast: Cast, resident: Client) -> None:
    at = "/cases/2041-001/"
    foot = resident.get("/terms/").text
    assert f'href="{URL}?at=/terms/"' in foot
    assert "?at=" not in resident.get(URL).text
    form = resident.get(f"{URL}?at={at}")
    assert f'href="{at}"' in form.text
    assert [field.name for field in form.context["form"].shown_fields] == ["text", "contact"]
    assert send(resident, f"{URL}?at={at}", text="“申报”写成了“申抱”。").status_code == 200
    assert Opinion.objects.get().text == f"所指页面：{at}\n“申报”写成了“申抱”。"


@pytest.mark.parametrize(
    "at", ["//example.org/", "https://example.org/", "javascript:alert(1)", "/a b", "/" + "a" * 202]
)
def test_an_address_that_is_none_of_the_site_is_left_out(
    cast: Cast, resident: Client, at: str
) -> None:
    page = resident.get(URL, {"at": at})
    assert page.context["target"].at == ""
    assert "about" in page.context["form"].fields
