"""What Wagtail's migrations leave behind in English and this site does not use: renamed or removed.

Run after every migration; what was renamed by hand or is in use stays as it is.
"""

from django.contrib.auth.models import Group
from wagtail.models import Collection, Page, PageLogEntry, Task, Workflow, WorkflowState

ENGLISH_ROOT = "Root"
ROOT_NAME = "根目录"
STOCK_GROUPS = ("Editors", "Moderators")
STOCK_WORKFLOW = "Moderators approval"
#: The title of the page in whose place the front page stands; its deletion was noted.
WELCOME = "Welcome to your new Wagtail site!"


def remove_wagtail_defaults() -> None:
    """Rename the roots, and remove the groups and the workflow that nobody uses."""
    Page.objects.filter(depth=1, title=ENGLISH_ROOT).update(title=ROOT_NAME, draft_title=ROOT_NAME)
    Collection.objects.filter(depth=1, name=ENGLISH_ROOT).update(name=ROOT_NAME)
    if not WorkflowState.objects.filter(workflow__name=STOCK_WORKFLOW).exists():
        Workflow.objects.filter(name=STOCK_WORKFLOW).delete()
        Task.objects.filter(name=STOCK_WORKFLOW).delete()
    PageLogEntry.objects.filter(label=WELCOME, user=None).delete()
    Group.objects.filter(name__in=STOCK_GROUPS, user=None).delete()
