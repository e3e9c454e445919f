"""The trail: no way to change it, and every forged, cut or inserted row is found and named."""

from typing import Any

import pytest
from django.db import connection

from partybuilding.core.models import AppendOnlyError, TransitionRecord
from partybuilding.core.selectors import faults_of_trail, trail_of
from partybuilding.core.services import seal_trail
from tests.factories import make_cast, make_project

pytestmark = pytest.mark.django_db
TABLE = TransitionRecord._meta.db_table


def sql(statement: str, *values: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


@pytest.fixture
def project() -> Any:
    return make_project("first_passed", make_cast())


def test_an_honest_trail_has_no_faults(project: Any) -> None:
    seal_trail()
    assert list(faults_of_trail()) == []


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("reason", "改过"),
        ("by_name", "别人"),
        ("to_state", "approved"),
        ("at", "2020-01-01 00:00:00+00:00"),
        ("step", "approve"),
        ("record_label", "别的项目"),
    ],
)
def test_an_edited_row_is_found_and_named(project: Any, column: str, value: str) -> None:
    row = trail_of(project).filter(step="submit").get()
    sql(f"UPDATE {TABLE} SET {column} = %s WHERE id = %s", value, row.pk)
    assert f"project {project.pk} #{row.sequence} (row {row.pk}" in next(faults_of_trail())


def test_a_removed_row_is_found_and_named(project: Any) -> None:
    row = trail_of(project).filter(step="submit").get()
    sql(f"DELETE FROM {TABLE} WHERE id = %s", row.pk)
    assert any(f"#{row.sequence}: removed" in fault for fault in faults_of_trail())


def test_a_cut_off_tail_shows_in_the_record_and_in_the_seal(project: Any) -> None:
    seal_trail()
    row = trail_of(project).last()
    sql(f"DELETE FROM {TABLE} WHERE id = %s", row.pk)
    faults = list(faults_of_trail())
    assert any("its trail says submitted" in fault for fault in faults)
    assert any(f"#{row.sequence}: sealed by 1" in fault for fault in faults)


def test_a_tail_rewritten_together_with_the_record_is_found_by_the_seal(project: Any) -> None:
    seal_trail()
    row = trail_of(project).last()
    sql(f"DELETE FROM {TABLE} WHERE id = %s", row.pk)
    sql("UPDATE partybuilding_project SET state = 'submitted' WHERE id = %s", project.pk)
    assert list(faults_of_trail()) == [
        f"project {project.pk} #{row.sequence}: sealed by 1, now gone or changed"
    ]


def test_an_inserted_row_is_found(project: Any) -> None:
    row = trail_of(project).last()
    forged = TransitionRecord.objects.get(pk=row.pk)
    forged.pk, forged.sequence, forged._state.adding = None, row.sequence + 1, True
    forged.previous_hash = "0" * 64
    forged.hash = forged.computed_hash()
    forged.save()
    assert any("inserted or replaced" in fault for fault in faults_of_trail())


def test_a_state_changed_behind_the_doors_back_is_found(project: Any) -> None:
    sql("UPDATE partybuilding_project SET state = 'approved' WHERE id = %s", project.pk)
    assert list(faults_of_trail()) == [
        f"project {project.pk}: is approved, its trail says first_passed"
    ]


def test_a_removed_seal_is_found(project: Any) -> None:
    seal_trail()
    make_project("submitted", make_cast())
    seal_trail()
    sql("DELETE FROM partybuilding_trailseal WHERE number = 1")
    assert any("seal 1: removed" in fault for fault in faults_of_trail())


def test_an_edited_seal_is_found(project: Any) -> None:
    seal_trail()
    sql("UPDATE partybuilding_trailseal SET last_row = 1")
    assert any("seal 1: edited" in fault for fault in faults_of_trail())


def test_nothing_new_needs_no_seal(project: Any) -> None:
    assert seal_trail() is not None
    assert seal_trail() is None


@pytest.mark.parametrize("way", ["save", "delete", "update", "queryset delete", "bulk"])
def test_the_orm_offers_no_way_to_change_a_row(project: Any, way: str) -> None:
    row = trail_of(project).last()
    ways: dict[str, Any] = {
        "save": row.save,
        "delete": row.delete,
        "update": lambda: TransitionRecord.objects.update(reason="改过"),
        "queryset delete": lambda: TransitionRecord.objects.all().delete(),
        "bulk": lambda: TransitionRecord.objects.bulk_update([row], ["reason"]),
    }
    with pytest.raises(AppendOnlyError):
        ways[way]()
