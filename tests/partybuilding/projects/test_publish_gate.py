"""No road makes a page live whose record forbids it, and no page moves its record."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.models import Locale, Page, Revision
from wagtail.test.utils.form_data import nested_form_data, streamfield

from home.models import HomePage
from partybuilding.column.pages import ProjectIndexPage, ProjectYearPage
from partybuilding.core.models import TransitionRecord
from partybuilding.core.pages import PublicationRefused
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from tests.factories import Cast, make_cast
from tests.factories.column import forge, make_page

pytestmark = pytest.mark.django_db
SENTENCE = "项目当前为“不予立项”，页面不能发布。"


@pytest.fixture
def cast() -> Cast:
    """Make everybody who meets the pages."""
    return make_cast()


def record_of(page: ProjectPage) -> tuple[str, list[str]]:
    """Return what no page may change: the record's state and its trail."""
    trail = TransitionRecord.objects.filter(machine="project", record_id=page.project_id)
    state = Project.objects.values_list("state", flat=True).get(pk=page.project_id)
    return state, list(trail.order_by("pk").values_list("hash", flat=True))


@pytest.fixture
def draft(cast: Cast) -> Iterator[ProjectPage]:
    """Make a draft whose record is then declined; at the end it must be a draft of the same record."""
    page = make_page(cast=cast, live=False)
    forge(page.project, "declined")
    before = record_of(page)
    yield ProjectPage.objects.get(pk=page.pk)
    assert not Page.objects.get(pk=page.pk).live
    assert record_of(page) == before


@pytest.fixture
def once_live(cast: Cast) -> Iterator[ProjectPage]:
    """Make a live page with two revisions whose record is then declined."""
    page = make_page(cast=cast)
    page.title = "第二稿"
    page.save_revision(user=cast["editor"])
    forge(page.project, "declined")
    before = record_of(page)
    yield ProjectPage.objects.get(pk=page.pk)
    assert record_of(page) == before


def superuser() -> Any:
    """Make an administrator."""
    return get_user_model().objects.create_superuser("root", password="demo")


def signed_in(client: Client, user: Any) -> Client:
    """Sign somebody in."""
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def form_of(page: ProjectPage, **buttons: str) -> dict[str, Any]:
    """Return what the editor's form sends."""
    return {
        **nested_form_data(
            {
                "title": page.title,
                "summary": page.summary or "一句话",
                "lead_image": "",
                "lead_image_alt": "",
                "body": streamfield([]),
                "attachments": streamfield([]),
                "go_live_at": "",
                "expire_at": "",
                "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
            }
        ),
        "comments-TOTAL_FORMS": 0,
        "comments-INITIAL_FORMS": 0,
        **buttons,
    }


def said(response: Any) -> list[str]:
    """Return the sentences that the person reads next."""
    return [str(message).strip() for message in get_messages(response.wsgi_request)]


@pytest.mark.parametrize("who", ["publisher", "superuser"])
def test_the_editors_publish_button_does_not_publish_and_says_why(
    client: Client, cast: Cast, draft: ProjectPage, who: str
) -> None:
    user = superuser() if who == "superuser" else cast["publisher"]
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    response = signed_in(client, user).post(
        address, form_of(draft, **{"action-publish": "action-publish"})
    )
    assert response.status_code == 302
    assert SENTENCE in said(response)


def test_the_same_button_publishes_what_the_record_allows(client: Client, cast: Cast) -> None:
    page = make_page(cast=cast, live=False)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    signed_in(client, cast["publisher"]).post(
        address, form_of(page, **{"action-publish": "action-publish"})
    )
    assert Page.objects.get(pk=page.pk).live


def test_a_publisher_who_was_overtaken_reads_the_sentence(
    client: Client, cast: Cast, draft: ProjectPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "partybuilding.core.pages.record.RecordPagePermissionTester.can_publish", lambda self: True
    )
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    response = signed_in(client, cast["publisher"]).post(
        address, form_of(draft, **{"action-publish": "action-publish"}), follow=True
    )
    assert response.status_code == 200
    assert SENTENCE in response.content.decode()


def test_the_last_approval_of_the_workflow(client: Client, cast: Cast, draft: ProjectPage) -> None:
    draft.get_workflow().start(draft, cast["editor"])
    task = draft.current_workflow_task_state
    address = reverse("wagtailadmin_pages:workflow_action", args=[draft.pk, "approve", task.pk])
    edit = f"http://testserver{reverse('wagtailadmin_pages:edit', args=[draft.pk])}"
    publisher = signed_in(client, cast["publisher"])
    response = publisher.post(address, follow=True, headers={"Referer": edit})
    assert response.status_code == 200
    assert SENTENCE in response.content.decode()
    dialog = publisher.post(
        address, headers={"X-Requested-With": "XMLHttpRequest", "Referer": edit}
    )
    assert dialog.json() == {"step": "success", "redirect": edit}
    assert SENTENCE in said(dialog)
    assert draft.current_workflow_state.status == "in_progress"


def test_approving_in_the_shell(cast: Cast, draft: ProjectPage) -> None:
    draft.get_workflow().start(draft, cast["editor"])
    with pytest.raises(PublicationRefused):
        draft.current_workflow_task_state.approve(user=cast["publisher"])
    assert draft.current_workflow_state.status == "in_progress"


def test_publishing_in_bulk_takes_the_allowed_ones_alone(
    client: Client, cast: Cast, draft: ProjectPage
) -> None:
    allowed = make_page(cast=cast, live=False)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = signed_in(client, superuser()).post(
        f"{address}?id={draft.pk}&id={allowed.pk}&next=/admin/", {"include_descendants": "on"}
    )
    assert response.status_code == 302
    assert Page.objects.get(pk=allowed.pk).live


def test_publishing_a_year_in_bulk_with_everything_below_it(
    client: Client, cast: Cast, draft: ProjectPage
) -> None:
    year = draft.get_parent()
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    response = signed_in(client, superuser()).post(
        f"{address}?id={year.pk}&next=/admin/", {"include_descendants": "on"}
    )
    assert response.status_code == 302


def test_a_schedule_leaves_out_the_forbidden_one_and_publishes_the_allowed_one(
    cast: Cast, draft: ProjectPage
) -> None:
    allowed = make_page(cast=cast, live=False)
    due = timezone.now() - timedelta(minutes=1)
    for page in (draft, allowed):
        page.get_latest_revision()
        page.save_revision(approved_go_live_at=due)
    with pytest.raises(CommandError, match="1 due"):
        call_command("publish_scheduled")
    assert Page.objects.get(pk=allowed.pk).live
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_setting_a_schedule_is_refused(cast: Cast, draft: ProjectPage) -> None:
    draft.go_live_at = timezone.now() + timedelta(days=1)
    revision = draft.save_revision()
    with pytest.raises(PublicationRefused):
        revision.publish(user=cast["publisher"])
    assert Revision.objects.get(pk=revision.pk).approved_go_live_at is None


def test_reverting_to_an_old_revision_and_publishing_it(
    client: Client, cast: Cast, once_live: ProjectPage
) -> None:
    once_live.unpublish()
    first = once_live.revisions.order_by("pk").first()
    address = reverse("wagtailadmin_pages:revisions_revert", args=[once_live.pk, first.pk])
    page_form = form_of(once_live, revision=str(first.pk), **{"action-publish": "action-publish"})
    edit = reverse("wagtailadmin_pages:edit", args=[once_live.pk])
    publisher = signed_in(client, cast["publisher"])
    assert publisher.get(address).status_code == 200
    response = publisher.post(edit, page_form)
    assert SENTENCE in said(response)
    with pytest.raises(PublicationRefused):
        first.publish()
    assert not Page.objects.get(pk=once_live.pk).live


def test_autosave_and_saving_a_draft_touch_neither_state_nor_publication(
    client: Client, cast: Cast, draft: ProjectPage
) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    editor = signed_in(client, cast["editor"])
    saved = editor.post(address, form_of(draft), headers={"Accept": "application/json"})
    assert saved.json()["success"], saved.content
    assert editor.post(address, form_of(draft)).status_code == 302


def test_a_stale_draft_of_a_live_page_brings_back_no_old_state(cast: Cast) -> None:
    page = make_page("approved", cast)
    stale = page.save_revision(user=cast["editor"])
    forge(page.project, "implementing")
    before = record_of(page)
    stale.publish(user=cast["publisher"])
    assert Page.objects.get(pk=page.pk).live
    assert record_of(page) == before


def test_copying_is_refused(cast: Cast, draft: ProjectPage) -> None:
    with pytest.raises(PublicationRefused):
        draft.copy(keep_live=True)
    with pytest.raises(PublicationRefused):
        CopyPageAction(draft, update_attrs={"slug": "second", "live": True}).execute()
    assert ProjectPage.objects.count() == 1


def test_copying_by_address_is_refused_without_a_fault(client: Client, draft: ProjectPage) -> None:
    address = reverse("wagtailadmin_pages:copy", args=[draft.pk])
    response = signed_in(client, superuser()).get(address)
    assert response.status_code == 302
    assert ProjectPage.objects.count() == 1


def test_an_alias_is_refused(draft: ProjectPage) -> None:
    with pytest.raises(PublicationRefused):
        draft.create_alias(update_slug="second")
    with pytest.raises(PublicationRefused):
        CreatePageAliasAction(draft, update_slug="second").execute()
    assert ProjectPage.objects.count() == 1


@pytest.mark.parametrize("above", [HomePage, ProjectIndexPage, ProjectYearPage])
def test_copying_a_branch_takes_no_page_of_a_record_along(
    cast: Cast, draft: ProjectPage, above: type[Page]
) -> None:
    top = above.objects.get()
    root = superuser()
    with pytest.raises(PublicationRefused):
        top.copy(recursive=True, update_attrs={"slug": "second"})
    assert not top.permissions_for_user(root).can_copy_to(top.get_parent(), recursive=True)
    with (
        pytest.raises((PublicationRefused, ValidationError)),
        transaction.atomic(),
    ):
        CopyPageAction(top, recursive=True, update_attrs={"slug": "second"}).execute()
    assert ProjectPage.objects.count() == 1


def test_moving_is_refused_to_everybody(client: Client, cast: Cast, draft: ProjectPage) -> None:
    other = make_page(cast=make_cast())
    root = superuser()
    tester = Page.objects.get(pk=draft.pk).permissions_for_user(root)
    assert not tester.can_move()
    assert not tester.can_move_to(other.get_parent())
    address = reverse("wagtailadmin_pages:move_confirm", args=[draft.pk, other.get_parent().pk])
    response = signed_in(client, root).post(address)
    assert response.status_code == 302
    assert ProjectPage.objects.get(pk=draft.pk).get_parent() == draft.get_parent()


def test_moving_a_live_page_in_the_shell_does_not_pass_the_gate(
    cast: Cast, once_live: ProjectPage
) -> None:
    place = once_live.get_parent()
    with pytest.raises(PublicationRefused):
        once_live.move(make_page(cast=make_cast()).get_parent(), pos="last-child")
    assert Page.objects.get(pk=once_live.pk).get_parent() == place


def test_publishing_a_revision_in_the_shell(draft: ProjectPage) -> None:
    for revision in draft.revisions.all():
        with pytest.raises(PublicationRefused):
            revision.publish(skip_permission_checks=True)


def test_saving_the_page_as_live(draft: ProjectPage) -> None:
    draft.live = True
    with pytest.raises(PublicationRefused):
        draft.save()
    with pytest.raises(PublicationRefused):
        draft.save(update_fields=["live"])


def test_saving_the_base_page_as_live(draft: ProjectPage) -> None:
    base = Page.objects.get(pk=draft.pk)
    base.live = True
    with pytest.raises(PublicationRefused):
        base.save()


@pytest.mark.parametrize("model", [Page, HomePage])
def test_saving_the_base_page_under_a_false_type(draft: ProjectPage, model: type[Page]) -> None:
    false_type = ContentType.objects.get_for_model(model)
    base = Page.objects.get(pk=draft.pk)
    base.live, base.content_type = True, false_type
    fresh = Page(
        pk=draft.pk,
        path=draft.path,
        depth=draft.depth,
        title="伪造",
        slug="forged",
        live=True,
        locale=draft.locale,
        content_type=false_type,
    )
    for page in (base, fresh):
        # Wagtail 8 looks for the page under its false type before it saves.
        with pytest.raises((PublicationRefused, HomePage.DoesNotExist)):
            page.save(clean=False, force_update=True)


def test_making_a_live_page_for_a_hidden_record(cast: Cast) -> None:
    page = make_page(cast=cast, live=False)
    year, project = page.get_parent().specific, page.project
    page.delete()
    forge(project, "declined")
    with pytest.raises(PublicationRefused):
        year.add_child(
            instance=ProjectPage(project=project, title="直接发布", slug="now", summary="一句话")
        )
    assert not ProjectPage.objects.exists()


def test_giving_a_page_the_record_of_another(cast: Cast, draft: ProjectPage) -> None:
    allowed = make_page(cast=cast)
    draft.project, draft.live = allowed.project, True
    with pytest.raises(PublicationRefused):
        draft.save()


def test_a_translation_is_refused(draft: ProjectPage) -> None:
    french = Locale.objects.create(language_code="fr")
    with pytest.raises(PublicationRefused):
        draft.copy_for_translation(french, copy_parents=True)
    with pytest.raises(PublicationRefused):
        CopyPageForTranslationAction(draft, french, copy_parents=True).execute()
    assert ProjectPage.objects.count() == 1


def test_unpublishing_needs_no_leave_and_is_noted(client: Client, cast: Cast) -> None:
    page = make_page(cast=cast)
    forge(page.project, "declined")
    before = record_of(page)
    address = reverse("wagtailadmin_pages:unpublish", args=[page.pk])
    said = {"next": "/admin/", "reason": "数据有误。"}
    signed_in(client, cast["publisher"]).post(address, said)
    assert not Page.objects.get(pk=page.pk).live
    state, trail = record_of(page)
    assert (state, trail[:-1]) == before


def test_a_live_page_whose_record_became_hidden_is_read_by_nobody(
    client: Client, cast: Cast, once_live: ProjectPage
) -> None:
    title, code = once_live.title, once_live.project.code
    own = f"/projects/{cast.cycle.year}/{code}/"
    for method in ("get", "head", "post", "options"):
        assert getattr(client, method)(own).status_code == 404
    for address in (
        "/",
        "/projects/",
        f"/projects/?q={code}",
        f"/projects/{cast.cycle.year}/",
        f"/search/?q={title}",
        "/sitemap.xml",
        "/projects/feed.atom",
    ):
        response = client.get(address)
        assert response.status_code == 200
        assert f"/{code}/" not in response.content.decode()


def test_deleting_a_draft_leaves_project_and_trail(client: Client, cast: Cast) -> None:
    page = make_page(cast=cast, live=False)
    before = record_of(page)
    address = reverse("wagtailadmin_pages:delete", args=[page.pk])
    signed_in(client, cast["publisher"]).post(address)
    assert not ProjectPage.objects.exists()
    assert record_of(page) == before


def test_a_project_with_a_page_cannot_be_deleted(cast: Cast) -> None:
    page = make_page(cast=cast)
    with pytest.raises(ProtectedError):
        page.project.delete()
