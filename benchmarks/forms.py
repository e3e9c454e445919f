"""What a year's own questions, its form's editor and a pack cost: `python benchmarks/forms.py [--rounds 9]`.

Makes a database of its own (SQLite) with three years: one as delivered, one with twelve own questions in a part,
one with forty (ten tables, ten choices of twelve options, twenty long texts), and 1,000 applications of the last.
Printed are processor time (the first, then median and best of the rounds) and the queries. Ends with 1 when
the best round of something takes longer than it may.
"""

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from time import process_time
from typing import Any

import sites  # noqa: F401, it puts the program on the path
from pypdf import PdfReader

APPLICATIONS = 1_000
LONG = "群众盼着楼下有一盏长明灯，晚上回家不摸黑。" * 8


def main() -> int:
    """Run in a process of its own, on a database of its own."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=9)
    arguments.add_argument("--here", action="store_true", help=argparse.SUPPRESS)
    asked = arguments.parse_args()
    if asked.here:
        return Measuring(asked.rounds).run()
    with tempfile.TemporaryDirectory() as folder:
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "config.settings.test",
            "DATA_DIR": folder,
            "DATABASE_URL": f"sqlite:///{folder}/data.sqlite3",
        }
        command = [sys.executable, __file__, "--here", "--rounds", str(asked.rounds)]
        return subprocess.run(command, env=environment, check=False).returncode


class Measuring:
    """The years, and what was too slow."""

    def __init__(self, rounds: int) -> None:
        self.rounds = rounds
        self.first = 0.0
        self.slow: list[str] = []

    def run(self) -> int:
        """Fill, measure, print."""
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        plain, _ = self.year(list, 0)
        twelve, _ = self.year(lambda: self.in_a_part(12), 12)
        forty, parts = self.year(self.forty, 40)
        self.parts(plain, twelve)
        self.check_page(plain, forty)
        self.papers(forty)
        self.editor(parts)
        self.pack()
        self.file(forty)
        for words in self.slow:
            print(f"TOO SLOW  {words}")
        return 1 if self.slow else 0

    def year(self, extra: Callable[[], Any], number: int) -> tuple[Any, Any]:
        """Open a year with more questions, and write an application; returns it with the form's blocks."""
        from partybuilding.core.services import move
        from partybuilding.projects.services import create_draft, save_application
        from partybuilding.projects.yearform.content import start
        from partybuilding.projects.yearform.services import save_form
        from tests.factories import fill, make_cast, make_cycle

        cast = make_cast(make_cycle())
        blocks = extra() or start()
        save_form(cast.cycle, blocks, by=cast["department"])
        cast.cycle = move(cast.cycle, "open_applications", by=cast["department"])
        draft = fill(create_draft(cast.cycle, cast.organization, by=cast["applicant"]), cast)
        assert len(draft.sheet.questions) == number
        said = {key: self.answer(one) for key, one in draft.sheet.questions.items()}
        draft = save_application(draft, by=cast["applicant"], answers=said)
        return (cast, draft), blocks

    def answer(self, question: Any) -> Any:
        """Return what is said to a question of each kind."""
        if question.kind == "table":
            rows = getattr(self, "rows", 5)
            return [{one[0]: "长明灯" for one in question.columns} for _row in range(rows)]
        if question.kind in ("choice", "choices"):
            codes = [code for code, _label in question.options][:4]
            return codes if question.kind == "choices" else codes[0]
        return LONG if question.kind == "long" else "已写"

    def in_a_part(self, number: int) -> Any:
        """Return the delivered form with so many short questions in its first part."""
        from tests.factories.yearform import block, delivered_with

        return delivered_with(*(block("text", f"自设题{n}") for n in range(number)))

    def forty(self) -> Any:
        """Return the delivered form with forty questions in eight parts."""
        from tests.factories.yearform import block, delivered_with, own_part

        columns = ("事项", "时间", "责任人", "成效")
        options = tuple(f"选项{n}" for n in range(12))
        made = [
            *(block("table", f"表{n}", columns=columns) for n in range(10)),
            *(block("choices", f"选择{n}", options=options) for n in range(10)),
            *(block("long", f"长文{n}") for n in range(20)),
        ]
        parts = [own_part(f"部分{n}", *made[n::8]) for n in range(8)]
        return [*delivered_with(), *parts]

    def parts(self, plain: Any, twelve: Any) -> None:
        """Open the page of a part with twelve questions beside that with none."""
        found = [self.page(one, "section", "basics") for one in (plain, twelve)]
        ratio = found[1][0] / found[0][0]
        more = found[1][1] - found[0][1]
        print(f"part with 12 own questions: {ratio:.2f} times, {more} queries more")
        self.hold(ratio <= 1.5 and not more, "part")

    def check_page(self, plain: Any, forty: Any) -> None:
        """Open the page of all answers with forty questions."""
        before, after = self.page(plain, "check"), self.page(forty, "check")
        print(f"check page with 40: {after[0]:.0f} ms, {after[1] - before[1]} queries more")
        self.hold(after[0] <= 60 and after[1] - before[1] <= 1, "check page")

    def page(self, one: Any, name: str, *more: str) -> tuple[float, int]:
        """Return milliseconds and queries of a screen of the applicant."""
        from django.urls import reverse

        from tests.factories.screens import client_of, queries_of

        cast, draft = one
        client = client_of(cast["applicant"])
        place = reverse(f"portal:{name}", args=[draft.pk, *more])
        queries_of(client, place)
        queries = queries_of(client, place)
        return self.time(f"{name} of {cast.cycle}", lambda: client.get(place)), queries

    def papers(self, forty: Any) -> None:
        """Typeset the application with tables of five rows, then at the limits."""
        from partybuilding.core.papers.typesetting import application_form_pdf
        from partybuilding.projects.documents import application_form
        from partybuilding.projects.models import Project
        from partybuilding.projects.services import save_application

        cast, draft = forty

        def typeset() -> bytes:
            return application_form_pdf(application_form(Project.objects.get(pk=draft.pk)))

        def pages() -> int:
            return len(PdfReader(BytesIO(typeset())).pages)

        # The typesetter remembers what it has set: the first time counts.
        self.time("PDF, 40 questions, tables 5 × 4", typeset)
        self.hold(self.first <= 500, "PDF of 40 questions")
        print(f"  {pages()} pages")
        self.rows = 10
        said = {key: self.answer(one) for key, one in draft.sheet.questions.items()}
        save_application(draft, by=cast["applicant"], answers=said)
        self.time("PDF, 40 questions, tables 10 × 4", typeset)
        self.hold(self.first <= 2000, "PDF of 40 questions, tables twice as long")
        print(f"  {pages()} pages")
        self.rows = 5

    def editor(self, blocks: Any) -> None:
        """Open the editor of a form of forty questions."""
        from django.urls import reverse

        from partybuilding.core.states import Role
        from partybuilding.projects.yearform.services import save_form
        from tests.factories import make_cycle, make_person
        from tests.factories.screens import client_of

        officer, cycle = make_person(Role.DEPARTMENT), make_cycle()
        save_form(cycle, blocks, by=officer)
        client, place = client_of(officer), reverse("partybuilding:year_form", args=[cycle.pk])
        self.hold(self.time("editor, 40 questions", lambda: client.get(place)) <= 2000, "editor")

    def pack(self) -> None:
        """Hold a delivered pack against a year."""
        from partybuilding.core.states import Role
        from partybuilding.packs.services import differences
        from partybuilding.packs.shipped import shipped
        from tests.factories import make_cycle, make_person

        officer, cycle, pack = make_person(Role.DEPARTMENT), make_cycle(), shipped()["school"]
        taken = self.time("dry run of a pack", lambda: differences(cycle, pack, by=officer))
        self.hold(taken <= 2000, "dry run of a pack")

    def file(self, forty: Any) -> None:
        """Write the register of 1,000 applications with forty questions as a file."""
        from partybuilding.projects.models import Project
        from tests.factories.screens import client_of

        cast, draft = forty
        Project.objects.filter(pk=draft.pk).update(state="submitted", code="2026-0001")
        copies = [Project.objects.get(pk=draft.pk) for _copy in range(APPLICATIONS - 1)]
        for number, one in enumerate(copies, start=2):
            one.pk, one.code, one._state.adding = None, f"2026-{number:04}", True
        Project.objects.bulk_create(copies)
        client = client_of(cast["department"])
        place = f"/admin/party/projects/?export=xlsx&cycle__id__exact={cast.cycle.pk}"

        def write() -> None:
            answer = client.get(place)
            content = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert content[:2] == b"PK", answer.status_code

        self.hold(self.time(f"XLSX, {APPLICATIONS} applications", write) <= 1500, "XLSX")

    def time(self, words: str, what: Callable[[], Any]) -> float:
        """Return the best of the rounds in milliseconds, and print it."""
        taken = []
        for _round in range(self.rounds + 1):
            begun = process_time()
            what()
            taken.append((process_time() - begun) * 1000)
        self.first, *taken = taken
        best, median = min(taken), statistics.median(taken)
        print(
            f"{words:<36} first {self.first:7.1f}  median {median:7.1f}  best {best:7.1f} ms",
            flush=True,
        )
        return best

    def hold(self, holds: bool, words: str) -> None:
        """Remember what did not hold."""
        if not holds:
            self.slow.append(words)


if __name__ == "__main__":
    sys.exit(main())
