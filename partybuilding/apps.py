"""The plugin: registers every room's machine once Django has loaded the models."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartyBuildingConfig(AppConfig):
    name = "partybuilding"
    verbose_name = _("Party-building projects")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the machines, who can tell a user's post, and what happens at signing in."""
        from partybuilding.core.answers.versions import watch_connections
        from partybuilding.core.attempts import register_identifier
        from partybuilding.core.characters import clean_every_form
        from partybuilding.core.library import hold_library
        from partybuilding.core.pages.record import going_out
        from partybuilding.core.services import recall_page, take_publication_step
        from partybuilding.core.services.door import step_taken
        from partybuilding.organizations.selectors import identity_of
        from partybuilding.projects.page_parts import register_own_page_sections

        watch_connections()
        clean_every_form()
        register_identifier(identity_of)
        watch_accounts()
        going_out.connect(take_publication_step, dispatch_uid="partybuilding.publication")
        step_taken.connect(recall_page, dispatch_uid="partybuilding.recall")
        hold_library()
        register_machines()
        register_own_page_sections()
        connect_column()
        connect_progress()
        connect_supervision()
        connect_opinions()
        connect_brands_and_cases()


def watch_accounts() -> None:
    """Hold groups to roles when somebody signs in, and note what happens to accounts."""
    from django.contrib.auth import get_user_model, signals
    from django.db.models.signals import post_save, pre_save

    from partybuilding.organizations import security
    from partybuilding.organizations.sign_in import hold_groups_to_roles

    user, uid = get_user_model(), "partybuilding.security"
    signals.user_logged_in.connect(hold_groups_to_roles, dispatch_uid="partybuilding.groups")
    signals.user_logged_in.connect(security.note_sign_in, dispatch_uid=uid)
    signals.user_logged_out.connect(security.note_sign_out, dispatch_uid=uid)
    signals.user_login_failed.connect(security.note_failure, dispatch_uid=uid)
    pre_save.connect(security.watch_account, sender=user, dispatch_uid=uid)
    post_save.connect(security.note_account, sender=user, dispatch_uid=uid)


def register_machines() -> None:
    """Make every machine known to the door."""
    from partybuilding.brands.machine import MACHINE as BRAND
    from partybuilding.cases.machine import MACHINE as CASE
    from partybuilding.core.machines import register
    from partybuilding.cycles.machine import MACHINE as CYCLE
    from partybuilding.opinions.machine import MACHINE as OPINION
    from partybuilding.progress.machine import CHANGE, QUESTION
    from partybuilding.projects.machine import MACHINE as PROJECT
    from partybuilding.supervision.machine import MACHINE as RECTIFICATION
    from partybuilding.supervision.notices.machine import MACHINE as FEEDBACK

    chosen = (PROJECT, CYCLE, CHANGE, QUESTION, RECTIFICATION, FEEDBACK, OPINION, BRAND, CASE)
    for machine in chosen:
        register(machine)


def connect_column() -> None:
    """Let editors hear of it when a page comes back, and projects' pages say when they last changed."""
    from wagtail.signals import task_rejected

    from partybuilding.column.changed import read_last_change
    from partybuilding.column.publishing import tell_returned
    from partybuilding.projects.page_sections import register_along

    register_along(read_last_change)
    task_rejected.connect(tell_returned, dispatch_uid="partybuilding.returned")


def connect_progress() -> None:
    """Let promises be questioned and changed, be shown with their projects, and be reminded of."""
    from partybuilding.core.deadlines import register_deadlines
    from partybuilding.core.services.door import step_taken
    from partybuilding.progress.deadlines import step_deadlines
    from partybuilding.progress.machine import CHANGE, QUESTION
    from partybuilding.progress.parts import register_page_parts
    from partybuilding.progress.services.follow import note_change, note_taken_back

    step_taken.connect(note_change, sender=CHANGE.model, dispatch_uid="partybuilding.changes")
    step_taken.connect(
        note_taken_back, sender=QUESTION.model, dispatch_uid="partybuilding.questions"
    )
    register_page_parts()
    register_deadlines(step_deadlines)


def connect_opinions() -> None:
    """Show residents' opinions on the projects' pages; open ones keep a case file open."""
    from partybuilding.opinions.page_parts import register_opinions_on_pages
    from partybuilding.opinions.selectors import open_opinions_of
    from partybuilding.projects.openness import register_open_things

    register_opinions_on_pages()
    register_open_things(open_opinions_of)


def connect_brands_and_cases() -> None:
    """Let their pages bring the records along, and show them with the projects that they grew from."""
    from partybuilding.brands import services as brands
    from partybuilding.brands.editing import register_brands
    from partybuilding.brands.pages import BrandPage
    from partybuilding.cases import services as cases
    from partybuilding.cases.editing import register_cases
    from partybuilding.cases.pages import CaseStudyPage
    from partybuilding.core.pages import material_given, record_made

    record_made.connect(brands.begin_brand_of_page, sender=BrandPage)
    record_made.connect(cases.begin_case_of_page, sender=CaseStudyPage)
    material_given.connect(brands.write_brand_of_page, sender=BrandPage)
    material_given.connect(cases.write_case_of_page, sender=CaseStudyPage)
    register_cases()
    register_brands()


def connect_supervision() -> None:
    """Let the calendar follow the projects, and say what of supervision others ask for."""
    from partybuilding.core.deadlines import register_deadlines
    from partybuilding.core.file_scopes import register_file_scope
    from partybuilding.core.services.door import step_taken
    from partybuilding.projects.files import user_can_open_file_of_project
    from partybuilding.projects.models import Project
    from partybuilding.projects.openness import register_open_things
    from partybuilding.supervision import files
    from partybuilding.supervision.casefile import register_supervision
    from partybuilding.supervision.deadlines import activity_deadlines
    from partybuilding.supervision.models import Rectification, Visit
    from partybuilding.supervision.notices.models import FeedbackNotice
    from partybuilding.supervision.notices.sections import register_feedback
    from partybuilding.supervision.notices.services import follow_correction
    from partybuilding.supervision.openness import open_rectifications, overdue_findings
    from partybuilding.supervision.public_part import register_supervision_part
    from partybuilding.supervision.services import follow_project

    step_taken.connect(
        follow_correction, sender=FeedbackNotice, dispatch_uid="partybuilding.feedback"
    )
    step_taken.connect(follow_project, sender=Project, dispatch_uid="partybuilding.supervision")
    register_open_things(open_rectifications)
    register_open_things(overdue_findings, results=True)
    register_deadlines(activity_deadlines)
    register_file_scope(Project, user_can_open_file_of_project)
    register_file_scope(Visit, files.user_can_open_file_of_visit)
    register_file_scope(Rectification, files.user_can_open_file_of_rectification)
    register_supervision()
    register_supervision_part()
    register_feedback()
