"""Which part of the content a table belongs to, and what of the tables no reader ever sees.

A part decides only how much is forgotten when a row is written: an answer depends on the parts of all
tables that were read for it, whatever they are, and is not kept when one of them is private.
"""

from functools import cache

from django.apps import apps
from django.conf import settings
from django.db.models import Model
from wagtail.models import Page

#: Pages, pictures, settings, and every table that nothing else is said of.
PAGES = "pages"
#: The records of the plugin's rooms.
RECORDS = "records"
#: What is written of them all day long before anything of it is published.
WORK = "work"
#: What residents send.
OPINIONS = "opinions"
#: The index of the search, which is written for every draft of a page.
SEARCH = "search"
PARTS = (PAGES, RECORDS, WORK, OPINIONS, SEARCH)

_WORK = {
    *("assessment", "attachment", "decisionsession", "expertassignment", "expertgroup"),
    *("expertgroup_members", "membership", "numberseries", "person", "planstep"),
    *("project_reviewers", "rating", "sessionitem", "transitionrecord"),
}
_OPINIONS = {"appraisalsheet", "opinion"}
_SEARCH_APPS = {"modelsearch", "search", "wagtailsearch"}
#: Applications whose tables are never read for residents.
_PRIVATE_APPS = {
    *("axes", "otp_static", "otp_totp", "sessions", "wagtailadmin", "wagtailusers"),
}
_PRIVATE = {
    "partybuilding": {
        *("contentversion", "delivery", "draft", "firstpassword", "notice", "recipient"),
        *("reminder", "reminderrun", "tally", "trailseal"),
    },
    "auth": {"group_permissions", "permission", "user_groups", "user_user_permissions"},
    "search": {"unanswered"},
    "wagtailcore": {
        *("comment", "commentreply", "groupapprovaltask", "groupapprovaltask_groups"),
        *("groupcollectionpermission", "grouppagepermission", "groupsitepermission"),
        *("modellogentry", "pagelogentry", "pagesubscription", "referenceindex", "revision"),
        *("task", "taskstate", "uploadedfile", "workflow", "workflowcontenttype"),
        *("workflowpage", "workflowstate", "workflowtask"),
    },
}
#: Columns that are written while somebody signs in, a draft is saved or a page is locked by its editor.
_PRIVATE_COLUMNS = {
    "wagtailcore.page": {
        *("draft_title", "has_unpublished_changes", "latest_revision_created_at"),
        *("latest_revision_id", "locked", "locked_at", "locked_by_id"),
    },
    "partybuilding.project": {
        *("contact_name", "contact_phone", "distinctiveness", "highlights", "overview"),
        *("problem", "updated_at"),
    },
}
#: Tables whose rows are added while a page is drawn: a new one changes nothing that anybody has read.
_GROWING = {"wagtailimages.rendition"}


def part_of(model: type[Model]) -> str | None:
    """Return the part that the rows of a model belong to; None when no reader sees them."""
    app, name = model._meta.app_label, model._meta.model_name or ""
    if app in _PRIVATE_APPS or name in _PRIVATE.get(app, ()):
        return None
    if app != "partybuilding" or issubclass(model, Page):
        if app in _SEARCH_APPS:
            return SEARCH
        return RECORDS if model._meta.label == settings.AUTH_USER_MODEL else PAGES
    if name in _OPINIONS:
        return OPINIONS
    return WORK if name in _WORK else RECORDS


@cache
def part_of_table() -> dict[str, str | None]:
    """Return the part of every table."""
    return {
        model._meta.db_table: part_of(model) for model in apps.get_models(include_auto_created=True)
    }


@cache
def private_columns() -> dict[str, set[str]]:
    """Return by table the columns that no reader sees."""
    found = {
        apps.get_model(label)._meta.db_table: names for label, names in _PRIVATE_COLUMNS.items()
    }
    user = apps.get_model(settings.AUTH_USER_MODEL)._meta.db_table
    return {**found, user: {"last_login", "password"}}


@cache
def growing_tables() -> set[str]:
    """Return the tables whose new rows change nothing that was read before."""
    return {apps.get_model(label)._meta.db_table for label in _GROWING}
