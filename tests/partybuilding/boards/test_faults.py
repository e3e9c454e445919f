"""What cannot be read, written or told is a fault of its own: it is named, and everything else is told."""

from collections.abc import Iterator
from datetime import date, timedelta
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError

from partybuilding.boards import services
from partybuilding.boards.models import Recipient, Reminder, ReminderRun
from partybuilding.boards.schedule import Schedule
from partybuilding.boards.selectors import open_items
from partybuilding.boards.services import remind, write_what_goes
from partybuilding.boards.states import ReminderStage, Settled
from partybuilding.core.desk.deadlines import Deadline, Fault, make_each
from partybuilding.core.models import Notice
from partybuilding.core.states import Role
from partybuilding.projects.models import Project
from tests.factories import Cast, make_cast, make_person
from tests.factories.boards import add_projects
from tests.factories.rooms import only

pytestmark = pytest.mark.django_db
#: A Thursday; the days before and after are without holidays.
DUE = date(2022, 6, 16)


#: What the room of a test says is due.
OURS: list[Any] = []


@pytest.fixture(autouse=True)
def no_rooms(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let only the test's own functions speak beside the records."""
    OURS.clear()
    only(monkeypatch, deadlines=OURS)


@pytest.fixture
def cast() -> Cast:
    return make_cast()


def submitted(cast: Cast) -> Project:
    (project,) = add_projects(cast, "submitted")
    Project.objects.filter(pk=project.pk).update(due_on=DUE)
    return Project.objects.get(pk=project.pk)


def thing(item: str, *holders: Any, **facts: Any) -> Deadline:
    return Deadline(
        **{"item": item, "kind": "意见", "title": "路灯不亮", "due_on": DUE, **facts},
        holders=holders,
    )


def opens(*found: Deadline | Fault) -> None:
    def ours(today: date) -> Iterator[Deadline | Fault]:
        yield from found

    OURS.append(ours)


def told(user: Any) -> int:
    return Notice.objects.to(user).count()


def items() -> set[str]:
    return set(Reminder.objects.values_list("item", flat=True))


def test_a_room_that_fails_silences_no_other_and_keeps_what_it_said_before(cast: Cast) -> None:
    project, person = submitted(cast), make_person(Role.DEPARTMENT)

    def broken(today: date) -> Iterator[Deadline]:
        yield thing("lamp:1", person)
        raise RuntimeError("the room\nis on fire")

    def sound(today: date) -> Iterator[Deadline]:
        yield thing("lamp:2", person)

    OURS.append(broken)
    OURS.append(sound)
    plan = remind(today=DUE)
    assert {"lamp:1", "lamp:2"} < items()
    assert len(items()) == 3
    (fault,) = plan.faults
    assert str(fault).endswith("broken: RuntimeError: the room")
    assert told(cast["unit"]) == told(person) == 1
    assert str(project)


def test_a_record_that_cannot_be_named_is_a_fault_and_the_others_are_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    good, bad = submitted(cast), submitted(cast)
    name = Project.__str__

    def named(self: Project) -> str:
        if self.pk == bad.pk:
            raise KeyError("title")
        return name(self)

    monkeypatch.setattr(Project, "__str__", named)
    plan = remind(today=DUE)
    assert [str(fault) for fault in plan.faults] == [f"project:{bad.pk}: KeyError: 'title'"]
    assert [one.item.split(":")[1] for one, _stage in plan.told] == [str(good.pk)]
    monkeypatch.undo()
    assert len(remind(today=DUE).told) == 1


def test_a_record_whose_place_is_lost_is_a_fault_and_the_others_are_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted(cast)
    bad, places_of = submitted(cast), open_items.places_of

    def placed(record: Any) -> Any:
        if record.pk == bad.pk:
            raise LookupError
        return places_of(record)

    monkeypatch.setattr(open_items, "places_of", placed)
    plan = remind(today=DUE)
    assert [str(fault) for fault in plan.faults] == [f"project:{bad.pk}: LookupError"]
    assert len(plan.told) == 1


def test_a_machine_that_cannot_be_read_silences_no_other(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    submitted(cast)
    read = open_items._open_records

    def some(machine: Any, last: date) -> Any:
        if machine.code == "brand":
            raise DatabaseError("no such table")
        return read(machine, last)

    monkeypatch.setattr(open_items, "_open_records", some)
    plan = remind(today=DUE)
    assert [str(fault) for fault in plan.faults] == ["brand: DatabaseError: no such table"]
    assert len(plan.told) == 1


def test_a_day_that_cannot_be_counted_from_is_a_fault_of_its_item(cast: Cast) -> None:
    person = cast["department"]
    opens(thing("lamp:1", person, due_on=date.min), thing("lamp:2", person))
    plan = remind(today=DUE)
    assert [fault.item for fault in plan.faults] == ["lamp:1"]
    assert items() == {"lamp:2"}


def test_an_item_that_cannot_be_written_is_not_told_and_the_others_are(cast: Cast) -> None:
    class Nameless:
        def __str__(self) -> str:
            raise TypeError("no word")

    person = cast["department"]
    sound = [thing(f"lamp:{number}", person) for number in range(5)]
    opens(*sound[:3], thing("lamp:bad", person, kind=Nameless()), *sound[3:])
    plan = remind(today=DUE)
    assert [str(fault) for fault in plan.faults] == ["lamp:bad: TypeError: no word"]
    assert items() == {one.item for one in sound}
    assert [stage for _one, stage in plan.skipped] == [ReminderStage.BEFORE] * 5
    assert Notice.objects.get(recipient=person).body.count("路灯不亮") == 5
    assert remind(today=DUE).told == []


def test_a_stage_that_cannot_be_passed_keeps_nobody_from_being_told(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    write = services._write_stages

    def some(run: ReminderRun, outcome: Settled, pairs: Any) -> None:
        if outcome == Settled.SKIPPED:
            raise DatabaseError("full")
        write(run, outcome, pairs)

    monkeypatch.setattr(services, "_write_stages", some)
    opens(thing("lamp:1", cast["department"]))
    plan = remind(today=DUE)
    assert [str(fault) for fault in plan.faults] == ["lamp:1: DatabaseError: full"]
    assert told(cast["department"]) == 1


@pytest.fixture
def unreachable(monkeypatch: pytest.MonkeyPatch) -> set[int]:
    """Whom no notice can be written for."""
    people: set[int] = set()
    write = services.digest

    def some(lines: Any, today: date, *words: Any) -> Any:
        if lines[0].person.pk in people:
            raise UnicodeError("a name that cannot be written")
        return write(lines, today, *words)

    monkeypatch.setattr(services, "digest", some)
    return people


def test_whom_a_reminder_does_not_reach_is_told_in_the_next_run_and_nobody_twice(
    cast: Cast, unreachable: set[int]
) -> None:
    people = [make_person(Role.DEPARTMENT) for _number in range(4)]
    opens(thing("lamp:1", *people), thing("lamp:2", people[2]))
    unreachable.add(people[2].pk)
    plan = remind(today=DUE)
    error = "UnicodeError: a name that cannot be written"
    assert [str(fault) for fault in plan.faults] == [f"user:{people[2].pk}: {error}"]
    assert ReminderRun.objects.get().faults == [f"user:{people[2].pk}: {error}"]
    assert [told(one) for one in people] == [1, 1, 0, 1]
    assert (plan.notices, Recipient.objects.filter(told_at=None).count()) == (3, 2)
    unreachable.clear()
    again = remind(today=DUE + timedelta(days=0))
    assert (again.told, again.notices, again.faults) == ([], 1, [])
    assert [told(one) for one in people] == [1, 1, 1, 1]
    assert not Recipient.objects.filter(told_at=None).exists()
    assert ReminderRun.objects.get().faults == []
    assert remind(today=DUE).notices == 0


def test_whom_it_did_not_reach_is_not_told_of_what_was_done_or_of_an_earlier_stage(
    cast: Cast, unreachable: set[int]
) -> None:
    person = cast["department"]
    opens(thing("lamp:1", person), thing("lamp:2", person))
    unreachable.add(person.pk)
    remind(today=DUE)
    unreachable.clear()
    OURS.clear()
    opens(thing("lamp:2", person))
    remind(today=Schedule().day_of(ReminderStage.AFTER, DUE))
    (notice,) = Notice.objects.to(person)
    assert notice.subject == "已逾期：意见 路灯不亮"


def test_halving_leaves_out_what_cannot_be_written_and_nothing_else() -> None:
    written: list[int] = []

    def write(rows: list[int]) -> None:
        if bad := [row for row in rows if row in (3, 8)]:
            raise ValueError(bad[0])
        written.extend(rows)

    refused = write_what_goes(list(range(10)), write)
    assert [row for row, _error in refused] == [3, 8]
    assert written == [0, 1, 2, 4, 5, 6, 7, 9]
    assert write_what_goes([], write) == []


def test_each_row_stands_for_itself() -> None:
    def half(number: int) -> int:
        if number % 2:
            raise ValueError("odd\nvery")
        return number // 2

    made = list(make_each([2, 3, 4], str, half))
    assert [str(one) for one in made] == ["1", "3: ValueError: odd", "2"]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"due_on": None}, "it has no day"),
        ({"due_on": "2022-06-16"}, "it has no day"),
        ({"above": ((None,),)}, "it names nobody"),
    ],
)
def test_a_deadline_has_a_day_and_names_people(facts: dict[str, Any], said: str) -> None:
    with pytest.raises(ValueError, match=said):
        thing("lamp:1", **facts)


# The command


def run(*arguments: str) -> tuple[str, str]:
    out = StringIO()
    with pytest.raises(CommandError) as caught:
        call_command("remind", "--on", f"{DUE}", *arguments, stdout=out, no_color=True)
    assert caught.value.returncode == 1
    return out.getvalue(), str(caught.value)


def test_the_command_tells_the_others_and_fails_in_one_line(cast: Cast) -> None:
    opens(thing("lamp:1", cast["department"]), Fault("lamp:2", ValueError("it names nobody")))
    said, failed = run()
    assert said.startswith("Told of 1 item(s) in 1 notice(s)")
    assert failed == (
        "1 thing(s) could not be told, the others were: lamp:2: ValueError: it names nobody"
    )
    assert told(cast["department"]) == 1


def test_the_command_names_the_first_faults_and_counts_the_rest() -> None:
    opens(*(Fault(f"lamp:{number}", ValueError("dark")) for number in range(7)))
    _said, failed = run("--dry-run")
    assert failed.startswith("7 thing(s) could not be told")
    assert failed.endswith("lamp:4: ValueError: dark; and 2 more")
    assert not ReminderRun.objects.exists()


def test_when_nothing_can_be_written_the_command_says_so_and_the_day_counts_as_missed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(day: date) -> Any:
        raise DatabaseError("the disk is full\nreally")

    monkeypatch.setattr(services, "_lock", full)
    said, failed = run()
    assert (said, failed) == ("", "No reminder was sent: DatabaseError: the disk is full")
    assert not ReminderRun.objects.exists()
