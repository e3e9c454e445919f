"""Forgers who may write to the database and know the code, but not the key: each of them is found."""

import hmac
import random
import threading
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, models, transaction
from django.test.utils import CaptureQueriesContext

from partybuilding.core.machine.refusals import ConditionUnmet
from partybuilding.core.machine.registry import all_machines
from partybuilding.core.models import TrailSeal, TransitionRecord
from partybuilding.core.selectors import faults_of_trail, one_snapshot, trail_of
from partybuilding.core.services import note, rekey_trail, seal_trail
from tests.factories import make_cast, make_project

pytestmark = pytest.mark.django_db
ROWS = models.QuerySet(TransitionRecord)
SEALS = models.QuerySet(TrailSeal)


def edit(chain: list[Any], chance: random.Random) -> None:
    row = chance.choice(chain)
    name = chance.choice(["reason", "by_name", "by_post", "record_label", "step"])
    setattr(row, name, f"{getattr(row, name)}改"[-40:])


def delete(chain: list[Any], chance: random.Random) -> None:
    del chain[chance.randrange(len(chain) - 1)]


def insert(chain: list[Any], chance: random.Random) -> None:
    place = chance.randrange(len(chain))
    facts = {f.attname: getattr(chain[place], f.attname) for f in TransitionRecord._meta.fields}
    chain.insert(place, TransitionRecord(**{**facts, "id": None, "reason": "补记"}))


def reorder(chain: list[Any], chance: random.Random) -> None:
    place = chance.randrange(len(chain) - 1)
    chain[place : place + 2] = chain[place + 1], chain[place]


def cut_tail(chain: list[Any], chance: random.Random) -> None:
    del chain[-chance.randint(1, len(chain) - 1) :]


def plain(row: Any) -> None:
    """Hash as anybody can, and name no key."""
    row.seal_with("")


def plain_under_the_keys_name(row: Any) -> None:
    """Hash as anybody can, and say that it was done with the key."""
    row.seal_with("")
    row.key_id = "dev"


def with_a_key_of_ones_own(row: Any) -> None:
    """Hash with a guessed key, as the code does."""
    row.key_id = "dev"
    row.hash = hmac.new(b"guessed", repr(row.said()).encode(), "sha256").hexdigest()


def forge(chain: list[Any], bent: Any, hashed: Any, chance: random.Random) -> None:
    """Bend a chain, hash it and all seals anew, and make the record fit."""
    first = chain[0]
    bent(chain, chance)
    ROWS.filter(machine=first.machine, record_id=first.record_id).delete()
    before = ""
    for place, row in enumerate(chain, start=1):
        row.pk, row.sequence, row.previous_hash = None, place, before
        hashed(row)
        before = row.hash
    ROWS.bulk_create(chain)
    machine = next(one for one in all_machines() if one.code == first.machine)
    machine.model._base_manager.filter(pk=first.record_id).update(state=chain[-1].to_state)
    forge_seals(hashed)


def forge_seals(hashed: Any) -> None:
    """Let every seal say what the rows say now."""
    before = ""
    for seal in SEALS.order_by("number"):
        heads = []
        for machine, pk, last, _hash in seal.heads:
            rows = ROWS.filter(machine=machine, record_id=pk, sequence__lte=last)
            row = rows.order_by("sequence").last()
            heads.append([machine, pk, row.sequence, row.hash])
        seal.heads, seal.previous_hash = heads, before
        hashed(seal)
        before = seal.hash
        SEALS.filter(pk=seal.pk).delete()
        SEALS.bulk_create([seal])


@pytest.fixture
def projects() -> list[Any]:
    cast = make_cast()
    made = [make_project("first_passed", cast), make_project("approved", cast)]
    seal_trail()
    for project in made:
        note(project, "attach", by=None, reason="附件")
    seal_trail()
    return made


def test_a_hundred_forgeries_of_a_hundred_are_found(projects: list[Any]) -> None:
    chance = random.Random(20260930)
    bends, hashes = (
        [edit, delete, insert, reorder, cut_tail],
        [plain, plain_under_the_keys_name, with_a_key_of_ones_own],
    )
    missed = []
    for trial in range(100):
        bent, hashed = bends[trial % 5], hashes[trial % 3]
        with transaction.atomic():
            chain = list(trail_of(projects[trial % 2]))
            forge(chain, bent, hashed, chance)
            if not list(faults_of_trail()):
                missed.append((trial, bent.__name__, hashed.__name__))
            transaction.set_rollback(True)
    assert missed == []
    assert list(faults_of_trail()) == []


def test_the_same_forgeries_fit_without_a_key(projects: list[Any], settings: Any) -> None:
    """What the trial above is worth: whoever has the key is believed."""
    chain = list(trail_of(projects[0]))
    forge(chain, edit, lambda row: row.seal_with("dev"), random.Random(1))
    assert list(faults_of_trail()) == []


def test_seals_that_were_cut_off_with_their_rows_are_missed_by_the_kept_one(
    projects: list[Any],
) -> None:
    kept = TrailSeal.objects.last()
    for project in projects:
        ROWS.filter(pk=trail_of(project).last().pk).delete()
    SEALS.filter(pk=kept.pk).delete()
    assert list(faults_of_trail()) == []
    said = f"seal {kept.hash}: kept outside, and not among the seals of the database"
    assert list(faults_of_trail(against=kept.hash)) == [said]
    with pytest.raises(CommandError):
        call_command("verify_trail", against=kept.hash, stdout=StringIO())


def test_the_kept_seal_is_found_in_a_whole_trail(projects: list[Any]) -> None:
    out = StringIO()
    call_command("verify_trail", against=TrailSeal.objects.first().hash, stdout=out)
    assert "whole" in out.getvalue()


def test_a_seal_covers_its_day(projects: list[Any]) -> None:
    SEALS.filter(number=1).update(sealed_at="2020-01-01T00:00:00Z")
    assert list(faults_of_trail()) == ["seal 1: edited"]


def test_a_row_that_was_committed_late_is_sealed_too(projects: list[Any]) -> None:
    late = note(projects[0], "attach", by=None)
    ROWS.filter(pk=late.pk).update(id=-1)
    assert [head[2] for head in seal_trail().heads] == [late.sequence]


def make_plain() -> None:
    """Turn the trail into one from before there were keys."""
    for chain in (trail_of(project) for project in _records()):
        before = ""
        for row in chain:
            row.previous_hash = before
            row.seal_with("")
            before = row.hash
            ROWS.filter(pk=row.pk).update(previous_hash=row.previous_hash, key_id="", hash=before)
    forge_seals(plain)


def _records() -> list[Any]:
    found = ROWS.values_list("machine", "record_id").distinct()
    models_of = {machine.code: machine.model for machine in all_machines()}
    return [models_of[code]._base_manager.get(pk=pk) for code, pk in found]


def test_rows_without_a_key_are_a_fault_until_they_are_hashed_anew(projects: list[Any]) -> None:
    make_plain()
    old = TrailSeal.objects.last().hash
    rows = TransitionRecord.objects.count() + TrailSeal.objects.count()
    said = f"{rows} rows and seals carry no key: old (then run rekey_trail once) or replaced"
    assert list(faults_of_trail()) == [said]
    out = StringIO()
    call_command("rekey_trail", against=old, stdout=out, no_color=True)
    assert f"Seal 2 is now {TrailSeal.objects.last().hash}" in out.getvalue()
    assert list(faults_of_trail()) == []
    assert not TransitionRecord.objects.exclude(key_id="dev").exists()


def test_a_trail_with_a_fault_is_not_hashed_anew(projects: list[Any]) -> None:
    make_plain()
    ROWS.filter(step="submit").update(reason="改过")
    before = list(TransitionRecord.objects.values_list("hash", flat=True))
    with pytest.raises(ConditionUnmet):
        rekey_trail()
    with pytest.raises(CommandError):
        call_command("rekey_trail", stdout=StringIO())
    assert list(TransitionRecord.objects.values_list("hash", flat=True)) == before


def test_a_trail_that_lost_the_kept_seal_is_not_hashed_anew(projects: list[Any]) -> None:
    with pytest.raises(ConditionUnmet, match="kept outside"):
        rekey_trail("0" * 64)


def test_a_new_key_follows_the_old_one_and_may_replace_it(
    projects: list[Any], settings: Any
) -> None:
    settings.PARTYBUILDING_TRAIL_KEYS = {
        "new": "another-key-of-the-suite",
        **settings.PARTYBUILDING_TRAIL_KEYS,
    }
    note(projects[0], "attach", by=None)
    assert trail_of(projects[0]).last().key_id == "new"
    assert list(faults_of_trail()) == []
    rekey_trail()
    settings.PARTYBUILDING_TRAIL_KEYS = {"new": "another-key-of-the-suite"}
    assert list(faults_of_trail()) == []


def test_without_the_old_key_its_rows_are_not_believed(projects: list[Any], settings: Any) -> None:
    settings.PARTYBUILDING_TRAIL_KEYS = {"new": "another-key-of-the-suite"}
    assert "edited" in next(faults_of_trail())


def test_an_empty_trail_takes_a_new_key_too() -> None:
    assert rekey_trail() is None


@pytest.mark.django_db(transaction=True)
def test_a_step_between_the_two_reads_raises_no_alarm() -> None:
    project = make_project("first_passed", make_cast())
    threads = []

    def elsewhere() -> None:
        try:
            note(project, "attach", by=None)
            type(project)._base_manager.filter(pk=project.pk).update(state="approved")
        finally:
            connection.close()

    with one_snapshot():
        faults = faults_of_trail()
        assert TransitionRecord.objects.count()
        thread = threading.Thread(target=elsewhere)
        thread.start()
        thread.join(30)
        threads.append(thread)
        assert list(faults) == []
    assert list(faults_of_trail()) == [
        f"project {project.pk}: is approved, its trail says first_passed"
    ]
    assert not threads[0].is_alive()


@pytest.mark.django_db(transaction=True)
def test_the_snapshot_is_one_transaction() -> None:
    with CaptureQueriesContext(connection) as said:
        call_command("verify_trail", stdout=StringIO())
    begun = [one["sql"] for one in said if one["sql"].startswith(("BEGIN", "SET TRANSACTION"))]
    wanted = {"sqlite": "BEGIN DEFERRED"}
    assert (
        wanted.get(connection.vendor, "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        in begun
    )
