"""Which of the CMS's addresses each role may open; what nobody thought of is closed."""

from typing import Any

import pytest
from wagtail.models import Page

from partybuilding.core.access.cms import only_shown, user_can_open_address
from partybuilding.core.states import Role
from partybuilding.supervision.index import SupervisionIndexPage
from tests.factories import make_person, make_user
from tests.factories.news import publish_news, write_news

pytestmark = pytest.mark.django_db
OPEN = (
    *("wagtailadmin_home", "wagtailadmin_logout", "second_factor:setup", "partybuilding:case"),
    "party_projects_modeladmin_index",
)
PART = ("wagtailadmin_pages:edit", "wagtailadmin_choose_page", "wagtailadmin_pages:search")
TREE = (
    *("wagtailadmin_reports:site_history", "wagtailadmin_api:pages:listing", "bulk:wagtailcore"),
    *("wagtailadmin_choose_page_chosen_multiple", "a_new_one:index", ""),
)
LIBRARIES = (
    *("wagtailimages:index", "wagtailimages_chooser:chosen", "wagtailadmin_api:images:listing"),
    *("bulk:wagtailimages", "wagtaildocs:edit", "wagtailadmin_api:documents:find"),
)
ALL = OPEN + PART + TREE + LIBRARIES


def opened(user: Any) -> tuple[str, ...]:
    return tuple(name for name in ALL if user_can_open_address(name, user))


@pytest.mark.parametrize(
    ("role", "names"),
    [
        (Role.UNIT, OPEN),
        (Role.DEPARTMENT, OPEN),
        (Role.LEADER, OPEN),
        (Role.AUDITOR, OPEN),
        (Role.TASK_FORCE, OPEN + PART),
        (Role.EDITOR, ALL),
        (Role.PUBLISHER, ALL),
    ],
)
def test_each_role_opens_what_its_rights_cover(role: str, names: tuple[str, ...]) -> None:
    assert opened(make_person(role)) == names


def test_a_system_administrator_opens_everything() -> None:
    assert opened(make_user(is_superuser=True)) == ALL


def test_rights_on_a_part_show_that_part_and_what_is_public() -> None:
    draft, public = write_news(), publish_news("另一条")
    part = SupervisionIndexPage.objects.get()
    some = Page.objects.filter(pk__in=(draft.pk, public.pk, part.pk))
    for role, shown in (
        (Role.TASK_FORCE, {public.pk, part.pk}),
        (Role.EDITOR, set(some.values_list("pk", flat=True))),
    ):
        user = make_person(role)
        assert set(only_shown(some, user).values_list("pk", flat=True)) == shown
        assert user_can_open_address(PART[0], user, draft.pk) is (role == Role.EDITOR)
