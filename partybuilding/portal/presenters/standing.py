"""Where a project stands, for those who applied: strip, history, lines of a list; never a reviewer's name."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.models import TransitionRecord
from partybuilding.core.selectors import last_entry
from partybuilding.core.states import Role, Tone
from partybuilding.portal.presenters.wording import due_note, due_sentence, holder, next_words, side
from partybuilding.projects.documents import grounds_of
from partybuilding.projects.models import Partner, Project
from partybuilding.projects.states import ENDED, TABLE, ProjectState

#: Steps whose reason is told to the applicant; those of others are opinions and stay with the staff.
TOLD = frozenset(
    {
        "send_back",
        "decline",
        "return_commitments",
        "return_results",
        "withdraw",
        "terminate",
        "reopen",
        "revoke_approval",
        "extend",
        "partner_refused",
    }
)
#: What the trail notes of partners, each with its name.
PARTNERS = frozenset({"ask_partner", "drop_partner", "partner_agreed", "partner_refused"})
#: Notes in the trail that the applicant reads beside the steps.
NOTES = frozenset({"create", "extend", *PARTNERS})
#: The steps that end a project against the applicant's hope, by the state they lead to.
ENDING_STEPS = {ProjectState.DECLINED: "decline", ProjectState.TERMINATED: "terminate"}


def status_strip(project: Project, history: Iterable[TransitionRecord]) -> dict[str, Any]:
    """Return what partybuilding/components/status_strip.html draws."""
    state, labels = project.table.state(project.state), project.strip
    stopped = project.state in ENDED and state.strip is None
    current = _reached(project, history) if stopped else state.strip
    open_due = project.due_on if not stopped else None
    return {
        "labels": labels,
        "current": len(labels) + 1 if project.state == ProjectState.ARCHIVED else current,
        "stopped": stopped,
        "state": state.told,
        "tone": state.tone,
        "holder": holder(project),
        "since": timezone.localtime(project.state_since),
        "since_note": _since_note(project) if not stopped else "",
        "next": next_words(project),
        "due": open_due,
        "due_note": due_note(project) if open_due else "",
        "late": project.is_overdue(),
    }


def _since_note(project: Project) -> str:
    days = project.days_waiting()
    return _("for %(days)s days") % {"days": days} if days else _("since today")


def _reached(project: Project, history: Iterable[TransitionRecord]) -> int:
    """Return the step of the strip on which a project stood before it ended."""
    table = project.table
    reached = [table.state(entry.from_state).strip for entry in history if not entry.is_note]
    return next((step for step in reversed(reached) if step), 1)


def told_history(project: Project, history: Iterable[TransitionRecord]) -> list[dict[str, Any]]:
    """Return the timeline's entries, newest first: steps, days, sides and what was told."""
    return [_entry(project, entry) for entry in reversed(list(_told(history)))]


def _told(history: Iterable[TransitionRecord]) -> Iterator[TransitionRecord]:
    return (entry for entry in history if not entry.is_note or entry.step in NOTES)


def _entry(project: Project, entry: TransitionRecord) -> dict[str, Any]:
    role = acting_role(entry)
    step = TABLE.step(entry.step) if TABLE.has_step(entry.step) else None
    return {
        "when": timezone.localtime(entry.at),
        "title": step.told if step else entry.step_label,
        "who": entry.data.get("partner") or (side(role, project) if role else ""),
        "text": told_reason(project, entry),
        "tone": step.tone if step and step.told == step.label else Tone.NEUTRAL,
    }


def acting_role(entry: TransitionRecord) -> str:
    """Return the role that a step belonged to in the state it started from.

    Of a step that starts elsewhere by now, as a unit's refusal did once, who had it then.
    """
    if entry.step == "create":
        return Role.APPLICANT
    if not TABLE.has_step(entry.step):
        return ""
    holders = TABLE.state(entry.from_state).holders
    roles = TABLE.step(entry.step).sources.get(entry.from_state, holders)
    return roles[0] if roles else ""


def told_reason(project: Project, entry: TransitionRecord) -> str:
    """Return the reason of a step as far as it is addressed to the applicant."""
    if entry.step not in TOLD:
        return ""
    grounds = "、".join(grounds_of(entry, project.cycle_id)) if entry.step == "decline" else ""
    return "\n".join(part for part in (grounds, entry.reason) if part)


def ending(project: Project, history: Iterable[TransitionRecord]) -> dict[str, str]:
    """Return why a project ended against the applicant's hope; nothing for any other."""
    last = ENDING_STEPS.get(project.state, "")
    entry = next((row for row in reversed(list(history)) if row.step == last), None)
    if entry is None:
        return {}
    who = side(acting_role(entry), project)
    return {"title": str(project.state_row.told), "text": told_reason(project, entry), "who": who}


def returned_with(project: Project, step: str, state: ProjectState) -> dict[str, Any]:
    """Return why a project was returned by this step last, and by which side; nothing once handed in again.

    Args:
        state: where the project stands while it is being corrected.
    """
    entry = last_entry(project, step) if project.state == state else None
    if entry is None:
        return {}
    return {"reason": entry.reason, "who": side(acting_role(entry), project)}


def project_line(project: Project, own: frozenset[int]) -> dict[str, Any]:
    """Return one line of the list of projects.

    Args:
        own: the user's organisations; of others' projects they are partners.
    """
    state = project.state_row
    return {
        "title": str(project),
        "href": reverse("portal:project", args=[project.pk]),
        "code": project.code,
        "state": state.told,
        "tone": state.tone,
        "organization": project.told.organization,
        "joint": project.organization_id not in own,
        "holder": _holder_for(project, own),
        "since": timezone.localtime(project.state_since),
        "due": due_sentence(project),
        "due_note": due_note(project),
        "late": project.is_overdue(),
    }


def asked_line(partner: Partner) -> dict[str, Any]:
    """Return the line of an application in which an organisation is asked to take part."""
    lead = partner.project.organization.name
    return {
        "title": str(partner.project),
        "href": reverse("portal:consent", args=[partner.project_id]),
        "state": partner.get_consent_display(),
        "tone": Tone.WAITING,
        "due": _("%(name)s asks whether you take part.") % {"name": lead},
        "late": False,
    }


def _holder_for(project: Project, own: frozenset[int]) -> str:
    """Name who has it, in few words when it is the reader's own organisation."""
    if project.organization_id in own and Role.APPLICANT in project.state_row.holders:
        return _("your organization")
    return holder(project)
