"""Words that records hold: what is retired is taken by no service and kept by whoever has it."""

import ast
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import models, transaction

from partybuilding.brands.services import start_brand
from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.models import Word
from partybuilding.core.services import move
from partybuilding.core.words.fields import WordField
from partybuilding.core.words.lists import WordList
from partybuilding.cycles.models import Cycle, Topic
from partybuilding.cycles.services import save_rules, start_next_year
from partybuilding.cycles.words.selectors import lists
from partybuilding.opinions.states import REFUSALS
from partybuilding.organizations.services import save_organization
from partybuilding.organizations.states import KINDS, SECTORS
from partybuilding.projects.models import Assessment, FourOnesPost
from partybuilding.projects.services import record_assessment
from partybuilding.projects.sessions.services import note_decision, open_session
from partybuilding.projects.states import GROUNDS
from tests.architecture.sources import modules, name_of, tree
from tests.factories import Cast, make_cast, make_cycle, make_organization, make_project, open_cycle
from tests.factories.opinions import make_opinion
from tests.factories.spread import make_brand

pytestmark = pytest.mark.django_db


def retire(words: WordList, code: str) -> None:
    """Retire a word today and in every year, whatever the program needs it for."""
    for cycle in (None, *Cycle.objects.all()):
        Word.objects.filter(list=words.code, cycle=cycle).delete()
        Word.objects.bulk_create(
            Word(
                list=words.code,
                cycle=cycle,
                code=one.code,
                label=str(one.label),
                order=number,
                is_retired=one.code == code,
            )
            for number, one in enumerate(words.delivered)
        )


def _topic(cast: Cast) -> Topic:
    cycle = make_cycle()
    cycle.topics.add(Topic(cycle=cycle, code="t1", sector="urban", title="小区治理"))
    cycle.save()
    return cycle.topics.get(code="t1")


def _project(cast: Cast) -> Any:
    return make_project(cast=cast)


def _assessment(cast: Cast) -> Assessment:
    return record_assessment(
        make_project("first_passed", cast),
        "visit",
        by=cast["department"],
        participants="组织部一行3人",
        findings="基础扎实。",
    )


def _post(cast: Cast) -> FourOnesPost:
    """Return the one post of a project that has no other: of each duty there is one."""
    posts = make_project("approved", cast).four_ones
    posts.exclude(duty="secretary").delete()
    return posts.get()


#: Of every column that holds a word: a record, and one of its list's codes besides the record's own.
RECORDS: dict[str, tuple[Callable[[Cast], Any], str]] = {
    "project.sector": (_project, "state_owned"),
    "assessment.method": (_assessment, "hearing"),
    "fouronespost.duty": (_post, "liaison"),
    "topic.sector": (_topic, "state_owned"),
    "brand.sector": (lambda cast: make_brand(cast=cast), "state_owned"),
    "organization.kind": (lambda cast: make_organization(), "unit"),
    "organization.sector": (lambda cast: make_organization(sector="urban"), "rural"),
    "opinion.outcome": (lambda cast: make_opinion("answered", cast), "explained"),
    "opinion.refusal": (lambda cast: make_opinion("refused", cast), "spam"),
}


def columns() -> dict[str, WordField]:
    """Return every column of the program that holds a word."""
    return {
        f"{model._meta.model_name}.{field.name}": field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, WordField)
    }


def test_every_column_that_holds_a_word_is_tried_here() -> None:
    assert columns().keys() == RECORDS.keys()


def test_every_list_that_is_chosen_from_is_tried_here() -> None:
    held = {field.words.code for field in columns().values()}
    # Grounds lie in the trail and on the lists of sessions: their services are tried below.
    assert {one.code for one in lists()} == held | {GROUNDS.code, "actors"}


@pytest.mark.parametrize("name", RECORDS)
def test_a_retired_word_is_refused_where_it_is_saved_and_kept_where_it_is(name: str) -> None:
    make, other = RECORDS[name]
    field = columns()[name]
    record = make(make_cast(open_cycle()))
    own = getattr(record, field.attname)
    code = next(one for one in field.words.codes() if one not in (own, ""))
    code = other if other in field.words.codes() and other != own else code
    retire(field.words, code)
    setattr(record, field.attname, code)
    label = field.words.label(code)
    if field.is_copied:
        record.save()
    else:
        with pytest.raises(ConditionUnmet, match=f"“{label}”已停用"), transaction.atomic():
            record.save()
        with pytest.raises(ConditionUnmet), transaction.atomic():
            record.save(update_fields=[field.name])
        with pytest.raises(ConditionUnmet), transaction.atomic():
            type(record)._base_manager.bulk_create([record])
        with pytest.raises(ValidationError, match=label):
            field.clean(code, record)
    # The same record with the word from before it was retired: what else is written is saved.
    models.QuerySet(type(record)).filter(pk=record.pk).update(**{field.attname: code})
    kept = type(record)._base_manager.get(pk=record.pk)
    kept.save()
    assert field.clean(code, kept) == code
    assert getattr(kept, f"get_{field.name}_display")() == label


@pytest.mark.parametrize("name", RECORDS)
def test_a_word_that_no_list_has_is_refused(name: str) -> None:
    record = RECORDS[name][0](make_cast(open_cycle()))
    setattr(record, columns()[name].attname, "nowhere")
    with pytest.raises(ConditionUnmet, match="nowhere"):
        record.save()


def test_no_code_writes_a_word_past_the_record() -> None:
    names = {name.split(".")[1] for name in RECORDS}
    found = [
        f"{name_of(path)}:{call.lineno}"
        for path in modules()
        for call in ast.walk(tree(path))
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr == "update"
        and names & {one.arg for one in call.keywords}
    ]
    assert found == []


def test_an_organization_does_not_come_into_a_retired_kind_by_its_service() -> None:
    cast = make_cast(open_cycle())
    organization = make_organization()
    kind = next(one for one in KINDS.codes() if one not in (organization.kind, "district"))
    retire(KINDS, kind)
    organization.kind = kind
    with pytest.raises(ConditionUnmet, match="已停用"):
        save_organization(organization, by=cast["department"])


def test_grounds_that_are_retired_are_refused_by_steps_and_sessions() -> None:
    cast = make_cast(open_cycle())
    project = make_project("first_passed", cast)
    ground = GROUNDS.codes()[0]
    retire(GROUNDS, ground)
    asked = {"by": cast["department"], "reason": "理由", "data": {"grounds": [ground]}}
    with pytest.raises(ConditionUnmet):
        move(project, "decline", **asked)
    session = open_session(cast.cycle, "评审会", by=cast["department"])
    item = session.items.get()
    with pytest.raises(ConditionUnmet):
        note_decision(item, "decline", by=cast["department"], grounds=[ground], reason="理由")


def test_an_opinion_is_not_refused_for_a_retired_reason() -> None:
    cast = make_cast(open_cycle())
    opinion = make_opinion("received", cast)
    retire(REFUSALS, "not_about")
    with pytest.raises(ConditionUnmet):
        move(
            opinion,
            "refuse",
            by=cast["department"],
            reason="与本栏项目无关。",
            data={"refusal": "not_about"},
        )


def test_an_organization_of_a_retired_field_applies_without_one() -> None:
    cast = make_cast(open_cycle(), make_organization(sector="urban"))
    retire(SECTORS, "urban")
    assert make_project(cast=cast).sector == ""


def test_a_brand_is_of_the_field_of_its_project_retired_or_not() -> None:
    cast = make_cast(open_cycle())
    project = make_project("approved", cast)
    retire(SECTORS, project.sector)
    brand = start_brand(project, by=cast["editor"], name="红色驿站")
    assert brand.sector == project.sector


def test_topics_of_a_retired_field_stay_in_their_year() -> None:
    cast = make_cast()
    cycle = make_cycle()
    cycle.topics = [
        Topic(code="t1", sector="urban", title="小区治理"),
        Topic(code="t2", sector="rural", title="村庄整治"),
        Topic(code="t3", title="为民服务"),
    ]
    save_rules(cycle, by=cast["department"])
    retire(SECTORS, "urban")
    save_rules(Cycle.objects.get(pk=cycle.pk), by=cast["department"])
    assert cycle.topics.filter(sector="urban").exists()
    following = start_next_year(cycle, by=cast["department"])
    assert sorted(following.topics.values_list("title", flat=True)) == ["为民服务", "村庄整治"]
