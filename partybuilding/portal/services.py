"""What the portal does in one step that takes several of the rooms below."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen
from partybuilding.core.models import Attachment, Notice
from partybuilding.core.services import all_or_nothing, detach, enter_file
from partybuilding.core.types import AnyUser
from partybuilding.cycles.models import Cycle
from partybuilding.organizations.models import Organization
from partybuilding.portal.selectors import application_files
from partybuilding.projects.models import Assessment, Project
from partybuilding.projects.permissions import user_can_edit_application
from partybuilding.projects.services import create_draft, record_assessment
from partybuilding.projects.states import ProjectState

#: The most files that one application holds.
MAX_FILES = 20


def start_application(cycle: Cycle, organization: Organization, *, by: AnyUser) -> Project:
    """Start an application; a second click leads to the empty draft that the first one made.

    Raises:
        NotYours, ConditionUnmet: as `create_draft`.
    """
    with transaction.atomic():
        Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
        assert by.is_authenticated
        untouched = Project.objects.filter(
            cycle=cycle,
            organization=organization,
            created_by=by,
            state=ProjectState.DRAFT,
            title="",
            topic=None,
            plan_steps=None,
            **dict.fromkeys(Project.sheet.long_columns, ""),
        )
        return untouched.first() or create_draft(cycle, organization, by=by)


def add_file(project: Project, file: Any, *, by: AnyUser) -> Attachment:
    """Add a file to the application while it is with its applicant.

    Raises:
        Frozen: the application is no longer with its applicant.
        ConditionUnmet: it holds as many files as it may.
        UploadRefused: the file is not what it claims, too large or dangerous.
    """
    with all_or_nothing([file]) as (taken,):
        locked = _locked(project, by)
        if application_files(locked).count() >= MAX_FILES:
            raise ConditionUnmet(
                [_("An application holds at most %(number)s files.") % {"number": MAX_FILES}]
            )
        return enter_file(locked, taken, by=by)


def remove_file(project: Project, attachment: Attachment, *, by: AnyUser) -> None:
    """Remove a file from the application while it is with its applicant.

    Raises:
        Frozen: the application is no longer with its applicant.
    """
    with transaction.atomic():
        _locked(project, by)
        detach(attachment, by=by)


def _locked(project: Project, by: AnyUser) -> Project:
    locked = Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
    if not user_can_edit_application(locked, by):
        raise Frozen(
            [
                _("It is “%(state)s” and can no longer be changed.")
                % {"state": locked.state_row.told}
            ]
        )
    return locked


def record_assessment_once(project: Project, *, by: AnyUser, **facts: Any) -> Assessment:
    """Record an expert's pre-assessment; the same one sent twice is recorded once.

    Raises:
        NotYours, ConditionUnmet: as `record_assessment`.
    """
    with transaction.atomic():
        Project.objects.select_for_update(of=("self",)).get(pk=project.pk)
        assert by.is_authenticated
        same = Assessment.objects.filter(project=project, recorded_by=by, **facts)
        return same.first() or record_assessment(project, by=by, **facts)


def mark_all_read(user: AnyUser) -> None:
    """Remember that a user has read every notice told so far."""
    Notice.objects.to(user).unread().update(read_at=timezone.now())
