"""The plugin: registers every room's machine once Django has loaded the models."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartyBuildingConfig(AppConfig):
    name = "partybuilding"
    verbose_name = _("Party-building projects")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the machines, who can tell a user's post, and what happens at signing in."""
        from django.contrib.auth.signals import user_logged_in

        from partybuilding.brands.machine import MACHINE as BRAND
        from partybuilding.cases.machine import MACHINE as CASE
        from partybuilding.core.attempts import register_identifier
        from partybuilding.core.machines import register
        from partybuilding.core.pages.record import going_out
        from partybuilding.core.services import recall_page, take_publication_step
        from partybuilding.core.services.door import step_taken
        from partybuilding.cycles.machine import MACHINE as CYCLE
        from partybuilding.organizations.selectors import identity_of
        from partybuilding.organizations.sign_in import hold_groups_to_roles
        from partybuilding.projects.machine import MACHINE as PROJECT
        from partybuilding.projects.page_parts import register_own_page_sections

        register_identifier(identity_of)
        user_logged_in.connect(hold_groups_to_roles, dispatch_uid="partybuilding.groups")
        going_out.connect(take_publication_step, dispatch_uid="partybuilding.publication")
        step_taken.connect(recall_page, dispatch_uid="partybuilding.recall")
        register_own_page_sections()
        for machine in (BRAND, CASE, CYCLE, PROJECT):
            register(machine)
        connect_progress()
        connect_brands_and_cases()


def connect_progress() -> None:
    """Let promises be questioned and changed, be shown with their projects, and be reminded of."""
    from partybuilding.core.deadlines import register_deadlines
    from partybuilding.core.machines import register
    from partybuilding.core.services.door import step_taken
    from partybuilding.progress.deadlines import step_deadlines
    from partybuilding.progress.machine import CHANGE, QUESTION
    from partybuilding.progress.parts import register_page_parts
    from partybuilding.progress.services.follow import note_change, note_taken_back

    register(CHANGE)
    register(QUESTION)
    step_taken.connect(note_change, sender=CHANGE.model, dispatch_uid="partybuilding.changes")
    step_taken.connect(
        note_taken_back, sender=QUESTION.model, dispatch_uid="partybuilding.questions"
    )
    register_page_parts()
    register_deadlines(step_deadlines)


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
