"""What an application holds: the task list, the answers to check, the reviewer's remarks."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.models import Attachment, Purpose, TransitionRecord
from partybuilding.core.rules import Sentence
from partybuilding.core.selectors import last_entry
from partybuilding.core.sheets import Fact, Field, Part, Sheet
from partybuilding.projects.casefile.comparison import changed_parts
from partybuilding.projects.models import Partner, Project
from partybuilding.projects.models.frozen import UNFINISHED
from partybuilding.projects.rules import organization_ready, partners_agreed
from partybuilding.projects.selectors import returned_with
from partybuilding.projects.states import ProjectState


class Remarks:
    """What the reviewer asked for when a project was returned, and what was changed since."""

    def __init__(self, project: Project) -> None:
        returned = project.state == ProjectState.RETURNED
        self.entry: TransitionRecord | None = returned_with(project) if returned else None
        said = self.entry.data.get("remarks") if self.entry else None
        self.by_section: dict[str, str] = {
            code: text
            for code, text in (said or {}).items()
            if project.sheet.part(code) and text.strip()
        }
        self._changed = _changed_since_submission(project) if self.by_section else set()

    @property
    def reason(self) -> str:
        """The reason of the return."""
        return self.entry.reason if self.entry else ""

    def of(self, section: str) -> str:
        """Return the remark on a part."""
        return self.by_section.get(section, "")

    def is_open(self, section: str) -> bool:
        """Tell whether a part with a remark still reads as it was handed in."""
        return section in self.by_section and section not in self._changed


def _changed_since_submission(project: Project) -> set[str]:
    entry = last_entry(project, "submit")
    before = entry.data.get("application", {}) if entry else {}
    return changed_parts(project.whole_sheet, before, project.sheet.snapshot(project))


def section_href(project: Project, section: str) -> str:
    """Return the address where a part is filled in."""
    return reverse("portal:section", args=[project.pk, section])


def task_list(project: Project, remarks: Remarks) -> list[dict[str, Any]]:
    """Return the groups of partybuilding/components/task_list.html: every part with its state."""
    missing = project.sheet.missing(project)
    tasks = []
    for part in project.sheet.parts:
        tasks.append(_task(project, part, missing.get(part.code, []), remarks))
        if part.holds("partners"):
            tasks.append(_partners_task(project))
    return [{"tasks": tasks}]


def _task(
    project: Project, part: Part, missing: list[Sentence], remarks: Remarks
) -> dict[str, Any]:
    hint, is_begun = remarks.of(part.code), part.is_begun(project)
    if remarks.is_open(part.code):
        state = "fix"
    elif missing:
        state = "wrong" if is_begun else "empty"
        hint = hint or ("".join(map(str, missing)) if is_begun else "")
    elif not part.is_required:
        state = "done" if is_begun else "optional"
        hint = hint or (_number_of_files(project) if part.holds("attachments") else "")
    else:
        state = "done"
        hint = _("Changed after the remark: %(remark)s") % {"remark": hint} if hint else ""
    href = section_href(project, part.code)
    return {"title": part.label, "href": href, "state": state, "hint": hint}


def _number_of_files(project: Project) -> str:
    files = len(application_files_of(project))
    return _("%(number)s files") % {"number": files} if files else ""


def _partners_task(project: Project) -> dict[str, Any]:
    names = [partner.organization.name for partner in project.partners.all()]
    waiting = [str(reason) for reason in partners_agreed(project).reasons]
    return {
        "title": _("Organizations that apply jointly"),
        "href": reverse("portal:partners", args=[project.pk]),
        "state": "fix" if waiting else "done" if names else "optional",
        "hint": "".join(waiting) or "、".join(names),
    }


def done_count(project: Project) -> tuple[int, int]:
    """Return how many of the parts that must be filled in are complete, and how many there are."""
    asked = sum(part.is_required for part in project.sheet.parts)
    return asked - len(project.sheet.missing(project)), asked


def application_files_of(project: Project) -> list[Attachment]:
    """Return the application's files from what was fetched with the project."""
    return [file for file in project.attachments.all() if file.purpose == Purpose.APPLICATION]


def file_rows(files: Iterable[Attachment]) -> list[dict[str, Any]]:
    """Return what partybuilding/components/attachment_list.html shows."""
    return [
        {
            "name": file.name,
            "href": reverse("portal:file", args=[file.pk]),
            "kind": file.kind.upper(),
            "size": file.size,
        }
        for file in files
    ]


def plan_rows(project: Project) -> list[dict[str, Any]]:
    """Return the steps of partybuilding/components/plan_table.html."""
    return [
        {
            "title": step.task,
            "goal": step.goal,
            "deadline": step.deadline,
            "person": step.person,
            "post": step.post,
        }
        for step in project.plan_steps.all()
    ]


def answers(project: Project, *, change: bool) -> list[dict[str, Any]]:
    """Return the rows of partybuilding/components/summary_list.html for what is said in words.

    Args:
        change: whether each row leads to where it is changed.
    """
    return [
        _answer(project, part, line, change=change)
        for part in project.sheet.parts
        for line in part.lines()
    ]


def answers_told(sheet: Sheet, record: Any) -> list[dict[str, Any]]:
    """Return the rows of the same list for what a record says to the year's own questions."""
    none = pgettext("portal", "None")
    asked = sheet.questions.values()
    return [{"label": one.label, "value": one.words(record) or none} for one in asked]


def _answer(project: Project, part: Part, line: list[Field], *, change: bool) -> dict[str, Any]:
    first, href = line[0], section_href(project, part.code)
    value = " ".join(words for field in line if (words := field.words(project)))
    if first.key == "partners":
        value, href = partner_words(project), reverse("portal:partners", args=[project.pk])
    is_fact = isinstance(first, Fact)
    if not value and not first.required and not is_fact:
        value = pgettext("portal", "None")
    return {
        "label": first.label,
        "value": value,
        "missing": not value.strip(),
        "href": href if change and not is_fact else "",
    }


def partner_words(project: Project) -> str:
    """Name the partners: until the application is handed in with what each answered, then as it says."""
    drafted = map(_consent_words, project.partners.all())
    return "、".join(drafted if project.state in UNFINISHED else project.told.partners)


def _consent_words(partner: Partner) -> str:
    """Name a partner, and say what it answered while it has not agreed."""
    name = partner.organization.name
    return name if partner.has_agreed else f"{name}（{partner.get_consent_display()}）"


def gaps(project: Project) -> list[dict[str, str]]:
    """Return what keeps the application from being handed in, each with the way to it."""
    found = [
        {"text": str(sentence), "href": section_href(project, section)}
        for section, sentences in project.sheet.missing(project).items()
        for sentence in sentences
    ]
    partners = reverse("portal:partners", args=[project.pk])
    return (
        found
        + [{"text": str(reason), "href": ""} for reason in organization_ready(project).reasons]
        + [{"text": str(reason), "href": partners} for reason in partners_agreed(project).reasons]
    )
