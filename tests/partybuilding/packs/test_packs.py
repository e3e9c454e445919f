"""Programme packs: what goes out comes in again, item by item, into a year in preparation and nowhere else."""

import json
from contextlib import suppress
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, NotYours
from partybuilding.core.models import Word
from partybuilding.core.selectors import trail_of
from partybuilding.core.services import move
from partybuilding.core.states import STAFF_ROLES, Role
from partybuilding.cycles.models import Cycle
from partybuilding.evaluation.arithmetic.canonical import canonical, digest
from partybuilding.evaluation.services import delivered_rules
from partybuilding.packs.file import DEEPEST, LARGEST, Pack, read_pack
from partybuilding.packs.items import items
from partybuilding.packs.services import apply_pack, differences, pack_of
from partybuilding.packs.shipped import shipped
from partybuilding.projects.models import Project
from partybuilding.projects.yearform.selectors import draft_of
from partybuilding.projects.yearform.services import save_form
from partybuilding.texts.models import Text
from tests.factories import make_cast, make_cycle, make_person, open_cycle
from tests.factories.people import make_user
from tests.factories.screens import client_of
from tests.factories.yearform import block, delivered_with, part_for, when

pytestmark = pytest.mark.django_db
EVERYTHING = [item.key for item in items()]


@pytest.fixture
def officer() -> Any:
    return make_person(Role.DEPARTMENT)


def asked() -> list[dict[str, Any]]:
    """A form with two own questions, the second on a condition, and with parts for experts and peers."""
    kind = block("choice", "服务对象", options=("老年人", "儿童"))
    worth = block("choice", "推广价值", options=("推广", "不推广"))
    why = block("text", "主要理由", when=[when("推广价值", "不推广")])
    return [
        *delivered_with(kind, block("text", "服务时间", when=[when("服务对象", "老年人")])),
        part_for("expert", worth, why),
        part_for("peer", block("long", "值得学习之处")),
    ]


def again(pack: Pack) -> Pack:
    """Send a pack through a file."""
    return read_pack(pack.written())


# Out and in


@pytest.mark.parametrize("name", sorted(shipped()))
def test_a_delivered_pack_makes_a_year_that_can_be_opened(name: str, officer: Any) -> None:
    pack, cycle, administrator = (
        shipped()[name],
        make_cycle(),
        make_user(is_superuser=True, is_staff=True),
    )
    apply_pack(cycle, pack, EVERYTHING, by=administrator)
    fresh = Cycle.objects.get(pk=cycle.pk)
    assert differences(fresh, pack, by=officer) == []
    again_out = pack_of(fresh).content
    assert {key: again_out[key] for key in pack.content} == pack.content
    rows, versions = Word.objects.count(), Text.objects.count()
    apply_pack(fresh, pack, EVERYTHING, by=administrator)
    assert (Word.objects.count(), Text.objects.count()) == (rows, versions)
    assert str(fresh.year) in fresh.name
    assert move(fresh, "open_applications", by=officer).is_frozen


def test_what_goes_out_comes_in_the_same(officer: Any) -> None:
    source, target = make_cycle(first_review=False, approval_quota=7), make_cycle()
    save_form(source, asked(), by=officer)
    pack = again(pack_of(source))
    apply_pack(target, pack, EVERYTHING, by=officer)
    fresh = Cycle.objects.get(pk=target.pk)
    assert pack_of(fresh).content == pack.content
    assert differences(fresh, pack, by=officer) == []
    assert draft_of(fresh).content == draft_of(source).content
    apply_pack(fresh, pack, EVERYTHING, by=officer)
    assert pack_of(Cycle.objects.get(pk=target.pk)).content == pack.content


def test_only_what_is_chosen_is_taken_over(officer: Any) -> None:
    cycle = make_cycle(return_days=3, decision_days=9)
    pack = pack_of(make_cycle(return_days=8, decision_days=18))
    before = pack_of(cycle).content
    apply_pack(cycle, pack, ["rules.return_days"], by=officer)
    after = dict(pack_of(Cycle.objects.get(pk=cycle.pk)).content)
    assert after.pop("rules.return_days") == 8
    assert after == {key: value for key, value in before.items() if key != "rules.return_days"}
    told = trail_of(cycle).last()
    assert (told.step, told.data) == (
        "pack", {"name": pack.name, "digest": pack.digest, "items": 1},
    )  # fmt: skip


def test_a_pack_holds_no_day_and_nobody(officer: Any) -> None:
    cast = make_cast()
    text = pack_of(cast.cycle).written().decode()
    for person in (cast["applicant"], cast["expert"]):
        assert person.first_name not in text
    assert cast.organization.name not in text
    assert str(cast.cycle.applications_open) not in text


def test_the_check_code_is_the_beginning_of_the_digest() -> None:
    pack = pack_of(make_cycle())
    assert pack.spoken.replace(" ", "").lower() == pack.digest[:16]


def test_a_topic_that_a_draft_names_cannot_be_taken_away(officer: Any) -> None:
    cast = make_cast(open_cycle())
    Project.objects.create(
        cycle=cast.cycle, organization=cast.organization, topic=cast.cycle.topics.first()
    )
    cycle = move(cast.cycle, "take_back_opening", by=cast["department"], reason="规则有误。")
    other = shipped()["township"]
    with pytest.raises(ConditionUnmet):
        apply_pack(cycle, other, ["topics"], by=cast["department"])
    assert Cycle.objects.get(pk=cycle.pk).topics.count() == 1
    apply_pack(cycle, other, ["grades"], by=cast["department"])


# Who, and when


def test_a_year_in_use_takes_nothing_over(officer: Any) -> None:
    cycle = open_cycle()
    with pytest.raises(Frozen):
        apply_pack(cycle, shipped()["township"], EVERYTHING, by=officer)


@pytest.mark.parametrize("role", [role for role in Role.values if role != "department"])
def test_others_take_nothing_over(role: str) -> None:
    cycle = make_cycle()
    with pytest.raises(NotYours):
        apply_pack(cycle, shipped()["township"], ["grades"], by=make_person(Role(role)))


@pytest.mark.parametrize("role", Role.values)
def test_staff_who_see_the_years_see_their_packs(role: str) -> None:
    cycle, client = make_cycle(), client_of(make_person(Role(role)))
    for name in ("pack", "pack_file"):
        answer = client.get(reverse(f"partybuilding:{name}", args=[cycle.pk]))
        assert (answer.status_code == 200) == (role in STAFF_ROLES)


# What is no pack


def file_of(content: Any, **other: Any) -> bytes:
    """Write a file with a right digest."""
    said = {"format": 1, "made_with": "0.1.0", "name": "方案", "content": content}
    made = digest({"name": said["name"], "content": content})
    return canonical({**said, "digest": made, **other})


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"format": 1}',
        file_of({}, format=2),
        file_of({}, digest="0" * 64),
        file_of([]),
        file_of({"a": 1}).replace(b'"a":1', b'"a":1,"a":1'),
        file_of({"a": 1}).replace(b'"a":1', b'"a":NaN'),
        file_of({"a": 1}).replace(b'"a":1', b'"a":1.0'),
        file_of({"a": 1}).replace(b'"a":1', b'"a":' + b"9" * 5000),
        b'{"format":1,"content":' + b"[" * 200_000 + b"]" * 200_000 + b"}",
        file_of({"a": json.loads("[" * DEEPEST + "]" * DEEPEST)}),
        b" " * (LARGEST + 1),
    ],
)
def test_what_is_no_pack_is_refused_in_words(data: bytes) -> None:
    with pytest.raises(ConditionUnmet):
        read_pack(data)


def test_an_item_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ConditionUnmet, match=r"rules\.secret"):
        differences(make_cycle(), read_pack(file_of({"rules.secret": 1})), by=AnonymousUser())


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 200_000) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner, max_size=3)
    ),
    max_leaves=8,
)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(key=st.sampled_from(EVERYTHING), value=VALUES)
def test_a_value_fits_or_is_refused_in_words(key: str, value: Any) -> None:
    cycle = Cycle.objects.first() or make_cycle()
    with suppress(ConditionUnmet):
        assert len(differences(cycle, Pack("方案", {key: value}), by=AnonymousUser())) <= 1


# The screens


def test_a_year_takes_a_delivered_pack_over_on_its_screens(officer: Any) -> None:
    cycle, client = make_cycle(), client_of(officer)
    address = reverse("partybuilding:pack", args=[cycle.pk])
    assert "township" in client.get(address).content.decode()
    compared = client.post(address, {"shipped": "township"})
    assert [row.key for row in compared.context["of_year"]]
    chosen = {"text": compared.context["text"], "item": ["grades", "rules.first_review"]}
    answer = client.post(reverse("partybuilding:pack_apply", args=[cycle.pk]), chosen)
    assert answer.headers["Location"] == reverse("partybuilding:cycle", args=[cycle.pk])
    fresh = Cycle.objects.get(pk=cycle.pk)
    assert not fresh.first_review
    assert [grade.name for grade in fresh.grades.all()] == ["一等", "二等", "三等"]
    assert fresh.decided_by == "either"
    page = client.get(reverse("partybuilding:cycle", args=[cycle.pk])).content.decode()
    assert shipped()["township"].name in page


def test_a_file_is_compared_and_a_damaged_one_named(officer: Any) -> None:
    cycle, client = make_cycle(), client_of(officer)
    address = reverse("partybuilding:pack", args=[cycle.pk])
    whole = client.get(reverse("partybuilding:pack_file", args=[cycle.pk])).content
    same = client.post(address, {"file": SimpleUploadedFile("pack.json", whole)})
    assert same.context["of_year"] == same.context["for_all"] == []
    broken = client.post(address, {"file": SimpleUploadedFile("pack.json", whole[:-2])})
    assert broken.context["form"].errors["file"]
    assert client.post(address, {}).context["form"].errors


def test_the_rules_of_judging_go_along(officer: Any) -> None:
    source, target = make_cycle(), make_cycle()
    rules = delivered_rules(source)
    rules.sheets_needed, rules.ties = 7, ["daily", "expert"]
    rules.save()
    apply_pack(target, pack_of(source), ["evaluation.sheets_needed", "evaluation.ties"], by=officer)
    taken = delivered_rules(Cycle.objects.get(pk=target.pk))
    assert (taken.sheets_needed, taken.ties) == (7, ["daily", "expert"])
