"""A district's rows for `registers.py`, on any database: one of each kind by the services, and copies of it.

For each project there is about one promise with a step, a report, a question, a change, an activity, a finding and
a notice of it; every register that grows with the projects grows with them. They are of ten programme years, of
which the last is under way; notices tell their findings, but for one of twenty.
"""

import random
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import sites  # noqa: F401, it puts the program on the path
from django.db import connection, models
from django.utils import timezone

SEED = 20_220_701
YEARS = 10
#: Rows for each project; what is missing has one.
SHARES = {
    "told": 0.95,
    "award": 0.3,
    "objection": 0.02,
    "brand": 0.1,
    "case": 0.1,
    "export": 0.1,
    "trail": 3,
}
#: Opinions in these states are still the department's to pass on.
NEW = ("received", "transferred")
DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class District:
    """The rows, brought up to a number of projects at a time."""

    def __init__(self) -> None:
        from partybuilding.organizations.models import Organization
        from tests.factories import make_cast, make_organization, make_unit

        self.cast = make_cast()
        # Ten units, so that a unit's own list fills a page at the few projects too.
        for _place in range(9):
            unit = make_unit()
            for _branch in range(35):
                make_organization(unit)
        self.organizations = list(Organization.objects.filter(unit__isnull=False))
        self._originals()
        self.years = [self.project.cycle_id, *self._past_years()]
        self.numbers = random.Random(SEED)
        self.now, self.today = timezone.now(), timezone.localdate()

    def _originals(self) -> None:
        """Make one of each kind, the most of them in one case file."""
        from partybuilding.core.models import Notice, TransitionRecord
        from partybuilding.wechat.models import WechatExport
        from tests.factories import column, evaluation, feedback, opinions, progress, spread

        cast = self.cast
        self.page = column.make_page("implementing", cast)
        self.project = self.page.project
        self.project.commitments.all().delete()
        for order in range(4):
            promise = self._add_promise(order)
            for place in range(3):
                promise.steps.create(
                    order=place, title=f"第{place}次议事", deadline=promise.deadline
                )
        question = progress.make_question("open", cast, self.project)
        notice = feedback.make_draft(self.project, cast, None, ("台账更新不及时", "补齐记录"))
        finding = self.project.rectifications.first()
        told = notice.findings.create(
            rectification=finding, order=0, finding="台账更新不及时", requirement="补齐记录"
        )
        case = spread.make_case("draft", cast)
        export = WechatExport(
            page=self.page, way="copy", title="议事厅", author="社区", name="周示例"
        )
        export.digest, export.text_hash, export.length = "摘要", "0" * 64, 1000
        export.save()
        self.one = {
            "project": self.project,
            "promise": promise,
            "step": promise.steps.first(),
            "report": question.report,
            "question": question,
            "change": progress.make_change("proposed", cast, self.project),
            "activity": self.project.activities.first(),
            "finding": finding,
            "notice": notice,
            "told": told,
            "opinion": opinions.make_opinion("answered", cast, self.project),
            "award": evaluation.make_awards(cast, ["approved"])["approved"],
            "objection": evaluation.make_objections(cast, ["received"])["received"],
            "brand": spread.make_brand("draft", cast, self.project),
            "case": case,
            "export": export,
            "trail": TransitionRecord.objects.filter(machine="project").first(),
            "inbox": Notice.objects.first(),
        }
        self.has: dict[str, list[int]] = {name: [] for name in self.one}

    def _past_years(self) -> list[int]:
        last = self.project.cycle
        said = ({"year": last.year - ago, "state": "closed"} for ago in range(1, YEARS))
        years = [copied(last, one) for one in said]
        return [one.pk for one in type(last).objects.bulk_create(years)]

    def staff(self) -> dict[str, Any]:
        """Return who works in the administration, by role, and its administrator."""
        from partybuilding.core.states import STAFF_ROLES
        from tests.factories import make_user

        people = {role.value: self.cast[role.value] for role in sorted(STAFF_ROLES)}
        return {**people, "administrator": make_user(is_superuser=True, is_staff=True)}

    def told(self) -> list[str]:
        """Say how many rows there are of each kind."""
        return [f"{len(keys):,} {name}" for name, keys in self.has.items()]

    def _add_promise(self, order: int) -> Any:
        return self.project.commitments.create(
            order=order,
            goal=f"办结议题{order + 1}0件",
            deadline=timezone.localdate() + timedelta(days=20),
            person="李示例",
            post="党委书记",
        )

    def fill(self, number: int) -> None:
        """Bring the number of projects and all that belongs to them up to this many."""
        for name in self.one:
            wanted = int(SHARES.get(name, 1) * number)
            self._copy(name, range(len(self.has[name]), wanted))
        self._pages()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE" if connection.vendor == "postgresql" else "ANALYZE")

    def _copy(self, name: str, places: Sequence[int]) -> None:
        original, says = self.one[name], getattr(self, f"_{name}", lambda at: {})
        made = (copied(original, {**self._common(original, at), **says(at)}) for at in places)
        model = type(original)
        first = model._base_manager.aggregate(last=models.Max("pk"))["last"]
        model._base_manager.bulk_create(made, batch_size=2_000)
        keys = model._base_manager.filter(pk__gt=first).order_by("pk")
        self.has[name] += keys.values_list("pk", flat=True)

    def _common(self, original: Any, at: int) -> dict[str, Any]:
        """Say what the copies of every kind differ in: project, state, since when, by when."""
        said: dict[str, Any] = {}
        fields = {field.name: field for field in original._meta.concrete_fields}
        if "project" in fields:
            said["project_id"] = self._of("project", at)
        if "state" in fields and "due_on" in fields:
            said["state"] = self.numbers.choice([code for code, _label in fields["state"].choices])
            said["state_since"] = self._moment()
            said["due_on"] = self._day()
        return said

    def _of(self, name: str, at: int) -> int:
        return self.has[name][at % len(self.has[name])]

    def _moment(self) -> Any:
        return self.now - timedelta(minutes=self.numbers.randrange(500_000))

    def _day(self) -> Any:
        return self.today + timedelta(days=self.numbers.randrange(-40, 40))

    def _past(self) -> Any:
        return self.today - timedelta(days=self.numbers.randrange(300))

    def _project(self, at: int) -> dict[str, Any]:
        from partybuilding.organizations.states import Sector

        return {
            "cycle_id": self.years[at % YEARS],
            "code": f"B-{at:06d}",
            "title": f"邻里议事厅{at}号项目",
            "sector": self.numbers.choice(Sector.values),
            "organization_id": self.numbers.choice(self.organizations).pk,
        }

    def _promise(self, at: int) -> dict[str, Any]:
        return {"deadline": self._day()}

    def _step(self, at: int) -> dict[str, Any]:
        done = self.numbers.random() < 0.5
        return {
            "commitment_id": self._of("promise", at),
            "deadline": self._day(),
            "closed_on": self._past() if done else None,
            "evidence": "已办结议题三件。" if done else "",
        }

    def _report(self, at: int) -> dict[str, Any]:
        moment = self._moment()
        reported = {"reported_at": moment, "reported_on": timezone.localdate(moment)}
        return {"step_id": self._of("step", at), "question_id": None, **reported}

    def _question(self, at: int) -> dict[str, Any]:
        return {"step_id": self._of("step", at), "report_id": self._of("report", at)}

    def _change(self, at: int) -> dict[str, Any]:
        return {
            "commitment_id": self._of("promise", at),
            "old_day": self.today,
            "new_day": self._day(),
        }

    def _activity(self, at: int) -> dict[str, Any]:
        done = self.numbers.random() < 0.6
        # Of the programme year of its project.
        return {
            "year": self.one["activity"].year - at % YEARS,
            "kind": self.numbers.choice(["site", "notice", "dispatch"]),
            "due_on": self._day(),
            "done_on": self._past() if done else None,
            "officer_id": self.cast["taskforce"].pk if at % 3 else None,
        }

    def _finding(self, at: int) -> dict[str, Any]:
        return {"activity_id": self._of("activity", at), "commitment_id": None}

    def _notice(self, at: int) -> dict[str, Any]:
        return {"activity_id": self._of("activity", at), "number": f"通〔2026〕{at}号"}

    def _told(self, at: int) -> dict[str, Any]:
        return {"notice_id": self._of("notice", at), "rectification_id": self._of("finding", at)}

    def _opinion(self, at: int) -> dict[str, Any]:
        from partybuilding.opinions.states import FINAL, OpinionState

        state, due = self.numbers.choice(OpinionState.values), self._day()
        unit = self.numbers.choice(self.organizations).unit_id
        return {
            "unit_id": None if state in NEW else unit,
            "state": state,
            "accept_by": due,
            "answer_by": due,
            "due_on": None if state in FINAL else due,
            **dict.fromkeys(("number", "code_hash", "submission", "fingerprint"), f"{at:06d}"),
            "text": f"照料点{at}号中午关门，老人只能坐在门口等，能不能安排人值班？" * 8,
            "is_similar": at % 10 == 0,
            "closed_on": self._past() if state in FINAL else None,
            "created_at": self._moment(),
        }

    def _award(self, at: int) -> dict[str, Any]:
        return {"organization_id": self.numbers.choice(self.organizations).pk}

    def _objection(self, at: int) -> dict[str, Any]:
        return {"number": f"YY-{at:06d}"}

    def _brand(self, at: int) -> dict[str, Any]:
        return {
            "name": f"红色驿站{at}号",
            "organization_id": self.numbers.choice(self.organizations).pk,
        }

    def _case(self, at: int) -> dict[str, Any]:
        return {"title": f"三方共建一站{at}号"}

    def _export(self, at: int) -> dict[str, Any]:
        return {"made_at": self._moment(), "differs_since": None if at % 3 else self.now}

    def _trail(self, at: int) -> dict[str, Any]:
        return {
            "record_id": self._of("project", at),
            "sequence": 1_000 + at,
            "at": self._moment(),
            "record_label": f"邻里议事厅{at}号项目",
        }

    def _inbox(self, at: int) -> dict[str, Any]:
        people = [person for person in self.cast.people.values() if hasattr(person, "username")]
        return {
            "recipient_id": people[at % len(people)].pk,
            "key": f"copied:{at}",
            "created_at": self._moment(),
            "read_at": None if at % 4 == 0 else self.now,
        }

    def _pages(self) -> None:
        """Give half of the chosen projects a page in the tree; one of fifty has a draft beside it."""
        from wagtail.models import Page

        from partybuilding.projects.models import Project

        parent = self.page.get_parent()
        lacking = Project.objects.chosen().filter(page=None, pk__gt=self.project.pk).order_by("pk")
        lacking = [key for key in lacking.values_list("pk", flat=True) if key % 2]
        original = Page.objects.get(pk=self.page.pk)
        first = Page.objects.aggregate(last=models.Max("pk"))["last"]
        Page.objects.bulk_create(
            (
                copied(
                    original,
                    {
                        "path": parent.path + base36(10_000 + key),
                        "slug": f"copied-{key}",
                        "url_path": f"{parent.url_path}copied-{key}/",
                        "title": f"邻里议事厅{key}号项目",
                        "draft_title": f"邻里议事厅{key}号项目",
                        "translation_key": f"{key:032x}",
                        "latest_revision_id": None,
                        "live_revision_id": None,
                        "has_unpublished_changes": key % 50 == 1,
                    },
                )
                for key in lacking
            ),
            batch_size=2_000,
        )
        Page.objects.filter(pk=parent.pk).update(numchild=models.F("numchild") + len(lacking))
        fields = type(self.page)._meta.local_concrete_fields
        said = {"page_ptr_id": "page.id", "project_id": "project.id"}
        names = ", ".join(f'"{field.column}"' for field in fields)
        chosen = ", ".join(said.get(field.column, f'one."{field.column}"') for field in fields)
        with connection.cursor() as cursor:
            cursor.execute(
                f"INSERT INTO partybuilding_projectpage ({names}) SELECT {chosen} "
                "FROM partybuilding_project project JOIN wagtailcore_page page "
                "ON page.slug = 'copied-' || project.id, partybuilding_projectpage one "
                "WHERE one.page_ptr_id = %s AND page.id > %s",
                [self.page.pk, first],
            )


def copied(original: Any, said: dict[str, Any]) -> Any:
    """Return an unsaved copy of a row in which this differs."""
    fields = original._meta.concrete_fields
    values = {field.attname: getattr(original, field.attname) for field in fields}
    del values[original._meta.pk.attname]
    return type(original)(**{**values, **said})


def base36(number: int) -> str:
    """Return a step of a path in the tree of pages, of four characters."""
    out = ""
    for _place in range(4):
        number, last = divmod(number, 36)
        out = DIGITS[last] + out
    return out
