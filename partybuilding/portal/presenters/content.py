"""What an application holds: the task list, the answers to check, the reviewer's remarks."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from partybuilding.core.models import Attachment, Purpose, TransitionRecord
from partybuilding.core.selectors import last_entry
from partybuilding.projects.casefile.comparison import changed_keys
from partybuilding.projects.models import Partner, Project
from partybuilding.projects.models.frozen import UNFINISHED
from partybuilding.projects.rules import missing_parts, organization_ready, partners_agreed
from partybuilding.projects.selectors import returned_with
from partybuilding.projects.states import ProjectState, Section
from partybuilding.projects.told import snapshot

#: What of the text handed in belongs to which part.
TEXT_OF = {
    Section.BASICS: ("title", "sector", "topic", "partners", "contact_name", "contact_phone"),
    Section.PROBLEM: ("problem",),
    Section.DISTINCTIVENESS: ("distinctiveness",),
    Section.HIGHLIGHTS: ("highlights",),
    Section.PLAN: ("overview", "plan"),
    Section.ATTACHMENTS: ("attachments", "contents"),
}


class Remarks:
    """What the reviewer asked for when a project was returned, and what was changed since."""

    def __init__(self, project: Project) -> None:
        returned = project.state == ProjectState.RETURNED
        self.entry: TransitionRecord | None = returned_with(project) if returned else None
        said = self.entry.data.get("remarks") if self.entry else None
        self.by_section: dict[str, str] = {
            code: text for code, text in (said or {}).items() if code in Section and text.strip()
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
    changed = changed_keys(before, snapshot(project))
    return {section for section, names in TEXT_OF.items() if changed.intersection(names)}


def section_href(project: Project, section: str) -> str:
    """Return the address where a part is filled in."""
    return reverse("portal:section", args=[project.pk, section])


def task_list(project: Project, remarks: Remarks) -> list[dict[str, Any]]:
    """Return the groups of partybuilding/components/task_list.html: every part with its state."""
    missing = missing_parts(project)
    tasks = [_task(project, section, missing, remarks) for section in Section.values]
    tasks.insert(1, _partners_task(project))
    return [{"tasks": tasks}]


def _task(
    project: Project, section: str, missing: dict[str, list[Any]], remarks: Remarks
) -> dict[str, Any]:
    hint = remarks.of(section)
    if remarks.is_open(section):
        state = "fix"
    elif section == Section.ATTACHMENTS:
        files = len(application_files_of(project))
        state = "done" if files else "optional"
        hint = hint or (_("%(number)s files") % {"number": files} if files else "")
    elif section in missing:
        begun = _begun(project, section)
        state = "wrong" if begun else "empty"
        hint = hint or ("".join(map(str, missing[section])) if begun else "")
    else:
        state = "done"
        hint = _("Changed after the remark: %(remark)s") % {"remark": hint} if hint else ""
    title = Section(section).label
    return {"title": title, "href": section_href(project, section), "state": state, "hint": hint}


def _begun(project: Project, section: str) -> bool:
    if section == Section.BASICS:
        said = (project.title, project.topic_id, project.contact_name, project.contact_phone)
        return any(said)
    if section == Section.PLAN:
        return bool(project.overview or project.plan_steps.all())
    return bool(getattr(project, section).strip())


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
    asked = [section for section in Section.values if section != Section.ATTACHMENTS]
    return len(asked) - len(missing_parts(project)), len(asked)


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
    """Return the rows of partybuilding/components/summary_list.html for the parts in words.

    Args:
        change: whether each row leads to where it is changed.
    """
    told, basics = project.told, Section.BASICS
    rows = [
        (pgettext("portal", "Project title"), project.title, basics),
        (pgettext("portal", "Applying organization"), told.organization, ""),
        (
            _("Organizations that apply jointly"),
            partner_words(project) or pgettext("portal", "None"),
            "partners",
        ),
        (_("Field of the project"), told.sector, basics),
        (pgettext("portal", "Topic"), told.topic, basics),
        (_("Contact person"), _joined(project.contact_name, project.contact_phone), basics),
        (Section.PROBLEM.label, project.problem, Section.PROBLEM),
        (Section.DISTINCTIVENESS.label, project.distinctiveness, Section.DISTINCTIVENESS),
        (Section.HIGHLIGHTS.label, project.highlights, Section.HIGHLIGHTS),
        (_("Overview of the plan"), project.overview or pgettext("portal", "None"), Section.PLAN),
    ]
    return [_answer(project, *row, change=change) for row in rows]


def partner_words(project: Project) -> str:
    """Name the partners: until the application is handed in with what each answered, then as it says."""
    drafted = map(_consent_words, project.partners.all())
    return "、".join(drafted if project.state in UNFINISHED else project.told.partners)


def _consent_words(partner: Partner) -> str:
    """Name a partner, and say what it answered while it has not agreed."""
    name = partner.organization.name
    return name if partner.has_agreed else f"{name}（{partner.get_consent_display()}）"


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _answer(
    project: Project, label: str, value: str, place: str, *, change: bool
) -> dict[str, Any]:
    href = ""
    if place == "partners":
        href = reverse("portal:partners", args=[project.pk])
    elif place:
        href = section_href(project, place)
    return {
        "label": label,
        "value": value,
        "missing": not value.strip(),
        "href": href if change else "",
    }


def gaps(project: Project) -> list[dict[str, str]]:
    """Return what keeps the application from being handed in, each with the way to it."""
    found = [
        {"text": str(sentence), "href": section_href(project, section)}
        for section, sentences in missing_parts(project).items()
        for sentence in sentences
    ]
    partners = reverse("portal:partners", args=[project.pk])
    return (
        found
        + [{"text": str(reason), "href": ""} for reason in organization_ready(project).reasons]
        + [{"text": str(reason), "href": partners} for reason in partners_agreed(project).reasons]
    )
