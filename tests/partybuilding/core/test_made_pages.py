"""Pages of brands and cases: made with their records, and on no road live against them."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.contrib.messages import get_messages
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import GroupPagePermission, Page, Revision
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from home.models import HomePage
from partybuilding.brands.models import Brand
from partybuilding.brands.pages import BrandIndexPage, BrandPage
from partybuilding.cases.models import CaseStudy
from partybuilding.cases.pages import STREAMS, CaseIndexPage, CaseStudyPage
from partybuilding.core.machine.refusals import Refusal
from partybuilding.core.pages import PublicationRefused
from partybuilding.core.selectors import trail_of
from partybuilding.core.states import Role
from partybuilding.organizations.services import appoint
from tests.factories import Cast, make_cast, make_project
from tests.factories.screens import client_of
from tests.factories.spread import (
    make_brand,
    make_case,
    publish_brand_page,
    publish_case_page,
    take_brand,
    take_case,
    write_brand_page,
)

pytestmark = pytest.mark.django_db


@dataclass(frozen=True)
class Kind:
    """One kind of page with its record, for the questions that are the same for both."""

    name: str
    model: type[Any]
    page_model: type[Any]
    index: type[Any]
    hidden: str
    streams: tuple[str, ...]

    def record_in(self, state: str, cast: Cast) -> Any:
        """Make a record in a state."""
        return (make_brand if self.model is Brand else make_case)(state, cast)

    def page_of(self, record: Any, cast: Cast) -> Any:
        """Return the draft page of a record."""
        return write_brand_page(record, cast) if self.model is Brand else record.page

    def published(self, cast: Cast) -> Any:
        """Make a page that residents read, by the road that its record asks for."""
        if self.model is Brand:
            return publish_brand_page(make_brand("recognised", cast), cast)
        return publish_case_page(make_case("selected", cast).page, cast)

    def withdrawn(self, cast: Cast) -> Any:
        """Make a page that residents read, then withdraw its record."""
        page = self.published(cast)
        step, take = ("revoke", take_brand) if self.model is Brand else ("retract", take_case)
        take(page.record, step, cast)
        return self.page_model.objects.get(pk=page.pk)


KINDS = [
    Kind("brand", Brand, BrandPage, BrandIndexPage, "nominated", ("story", "spread")),
    Kind("case", CaseStudy, CaseStudyPage, CaseIndexPage, "submitted", STREAMS),
]


@pytest.fixture(params=KINDS, ids=[kind.name for kind in KINDS])
def kind(request: pytest.FixtureRequest) -> Kind:
    """Ask each question of brands and of cases."""
    return request.param


@pytest.fixture
def cast() -> Cast:
    """Make everybody who meets the pages."""
    return make_cast()


@pytest.fixture
def draft(kind: Kind, cast: Cast) -> Any:
    """Make the draft page of a record that residents may not read."""
    return kind.page_of(kind.record_in(kind.hidden, cast), cast)


def superuser() -> Any:
    """Make an administrator."""
    return get_user_model().objects.create_superuser("root", password="demo")


def form_of(kind: Kind, page: Any = None, **given: Any) -> dict[str, Any]:
    """Return what the editor's form sends."""
    texts = {
        name: streamfield([("text", rich_text("<p>全年开放360天。</p>"))]) for name in kind.streams
    }
    facts = {
        "title": page.title if page else "红色驿站",
        "slogan": "",
        "logo": "",
        "places": streamfield([]),
        "honours": streamfield([]),
        "summary": "三方共建一站。",
        "lead_image": "",
        "lead_image_alt": "",
        "go_live_at": "",
        "expire_at": "",
        "comments": {"TOTAL_FORMS": 0, "INITIAL_FORMS": 0},
        **texts,
    }
    return {**nested_form_data(facts), **given}


def story(record: Any) -> list[str]:
    """Return the steps and notes of a record's trail."""
    return list(trail_of(record).values_list("step", flat=True))


def post_new(kind: Kind, user: Any, **given: Any) -> Any:
    """Send the form of a new page."""
    index = kind.index.objects.get()
    address = reverse(
        "wagtailadmin_pages:add", args=["partybuilding", kind.page_model._meta.model_name, index.pk]
    )
    return client_of(user).post(address, form_of(kind, **given))


def edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def is_live(page: Any) -> bool:
    return Page.objects.get(pk=page.pk).live


# Made in one step


def test_adding_a_page_makes_its_record_in_the_same_step(kind: Kind, cast: Cast) -> None:
    project = make_project("graded", cast)
    answer = post_new(kind, cast["editor"], project=project.code)
    page = kind.page_model.objects.get()
    assert answer["Location"].endswith(edit(page))
    record = page.record
    assert (str(record), record.state, record.created_by) == ("红色驿站", "draft", cast["editor"])
    assert story(record) == ["create"]
    assert not page.live
    projects = (
        [origin.project for origin in record.origins.all()]
        if kind.model is Brand
        else [record.project]
    )
    assert projects == [project]


def test_its_address_is_a_number_that_says_nothing_else(kind: Kind, cast: Cast) -> None:
    project = make_project("graded", cast)
    for _ in range(2):
        post_new(kind, cast["editor"], project=project.code)
    pages = kind.page_model.objects.order_by("pk")
    slugs = [page.slug for page in pages]
    keys = [str(page.record.pk) for page in pages]
    assert slugs == (keys if kind.model is Brand else [project.code, f"{project.code}-2"])


@pytest.mark.parametrize("given", [{}, {"project": "没有这个项目"}, {"title": ""}])
def test_without_a_project_or_name_neither_page_nor_record_is_made(
    kind: Kind, cast: Cast, given: dict[str, str]
) -> None:
    project = make_project("graded", cast)
    if "title" in given:
        given = {**given, "project": project.code}
    answer = post_new(kind, cast["editor"], **given)
    assert answer.status_code == 200
    assert not kind.page_model.objects.exists()
    assert not kind.model.objects.exists()


def test_only_fitting_projects_are_offered(kind: Kind, cast: Cast) -> None:
    project = make_project("submitted" if kind.model is Brand else "implementing", cast)
    post_new(kind, cast["editor"], project=project.code)
    assert not kind.model.objects.exists()


def test_a_page_without_a_record_cannot_be_saved(kind: Kind) -> None:
    index = kind.index.objects.get()
    with pytest.raises((IntegrityError, Exception)), transaction.atomic():
        index.add_child(instance=kind.page_model(title="无档案", summary="无", live=False))
    assert not kind.page_model.objects.exists()


def test_making_and_publishing_in_one_go_is_refused_whole(kind: Kind, cast: Cast) -> None:
    project = make_project("graded", cast)
    publish = {"action-publish": "action-publish"}
    answer = post_new(kind, superuser(), project=project.code, **publish)
    assert answer.status_code == 302
    assert "页面不能发布" in " ".join(map(str, get_messages(answer.wsgi_request)))
    assert not kind.page_model.objects.exists()
    assert not kind.model.objects.exists()


def test_who_may_not_add_pages_makes_no_record(kind: Kind, cast: Cast) -> None:
    project = make_project("graded", cast)
    for role, status in (("department", 404), ("unit", 404), ("taskforce", 302)):
        assert post_new(kind, cast[role], project=project.code).status_code == status
    assert not kind.model.objects.exists()


def test_a_new_page_is_previewed_before_anything_is_saved(kind: Kind, cast: Cast) -> None:
    project = make_project("graded", cast)
    index = kind.index.objects.get()
    args = ["partybuilding", kind.page_model._meta.model_name, index.pk]
    address = reverse("wagtailadmin_pages:preview_on_add", args=args)
    editor = client_of(cast["editor"])
    assert editor.post(address, form_of(kind, project=project.code)).json()["is_valid"]
    found = editor.get(address)
    assert found.status_code == 200
    assert cast.organization.name in found.text
    assert not kind.model.objects.exists()


def test_a_page_is_neither_copied_nor_made_an_alias_of_nor_moved(kind: Kind, cast: Cast) -> None:
    page = kind.page_of(kind.record_in("draft", cast), cast)
    tester = Page.objects.get(pk=page.pk).permissions_for_user(superuser())
    assert not tester.can_copy()
    assert not tester.can_move()
    with pytest.raises(PublicationRefused):
        page.copy(update_attrs={"slug": "second"})
    with pytest.raises(PublicationRefused):
        page.create_alias(update_slug="second")
    with pytest.raises(PublicationRefused):
        HomePage.objects.get().copy(recursive=True, update_attrs={"slug": "second"})
    assert kind.page_model.objects.count() == 1


def test_deleting_a_page_leaves_its_record_which_cannot_be_deleted_under_a_page(
    kind: Kind, cast: Cast
) -> None:
    record = kind.record_in("draft", cast)
    page = kind.page_of(record, cast)
    with pytest.raises(ProtectedError):
        type(record).objects.get(pk=record.pk).delete()
    client_of(superuser()).post(reverse("wagtailadmin_pages:delete", args=[page.pk]))
    assert not kind.page_model.objects.exists()
    assert story(record)[0] == "create"


# Written together


def test_what_the_editor_changes_of_a_draft_reaches_the_record(kind: Kind, cast: Cast) -> None:
    page = kind.page_of(kind.record_in("draft", cast), cast)
    other = make_project("graded", cast, title="另一个项目")
    sent = form_of(kind, page, title="新的名称", project=other.code)
    answer = client_of(cast["editor"]).post(edit(page), sent)
    assert answer.status_code == 302
    record = kind.model.objects.get()
    assert str(record) == "新的名称"
    first = record.origins.get().project if kind.model is Brand else record.project
    assert first == other
    assert story(record)[-1] == "edit"


def test_saving_without_a_change_leaves_no_trace_in_the_trail(kind: Kind, cast: Cast) -> None:
    record = kind.record_in("draft", cast)
    page = kind.page_of(record, cast)
    before = story(record)
    project = page.record.origins.get().project if kind.model is Brand else page.record.project
    client_of(cast["editor"]).post(edit(page), form_of(kind, page, project=project.code))
    assert story(record) == before


def test_after_the_draft_the_form_no_longer_asks_for_the_project(
    kind: Kind, cast: Cast, draft: Any
) -> None:
    other = make_project("graded", cast, title="另一个项目")
    before = story(draft.record)
    editor = client_of(cast["editor"])
    assert "project" not in editor.get(edit(draft)).context["form"].fields
    sent = form_of(kind, draft, title="改过的题目", project=other.code)
    assert editor.post(edit(draft), sent).status_code == 302
    record = kind.model.objects.get(pk=draft.record.pk)
    assert story(record) == before
    assert str(record) == ("红色驿站" if kind.model is Brand else "改过的题目")


def test_once_nominated_a_page_bears_the_brands_name_whatever_an_old_draft_says(cast: Cast) -> None:
    brand = make_brand("draft", cast)
    page = write_brand_page(brand, cast)
    page.title = "旧名字"
    old = page.save_revision(user=cast["editor"])
    take_brand(take_brand(brand, "nominate", cast), "recognise", cast)
    old.publish(user=cast["publisher"])
    page.refresh_from_db()
    assert (page.live, page.title) == (True, "红色驿站")


def test_a_lead_picture_needs_its_words_before_it_is_handed_in(kind: Kind, cast: Cast) -> None:
    from tests.factories.column import make_image

    page = kind.page_of(kind.record_in("draft", cast), cast)
    sent = form_of(kind, page, lead_image=str(make_image().pk))
    project = page.record.origins.get().project if kind.model is Brand else page.record.project
    sent["project"] = project.code
    editor = client_of(cast["editor"])
    refused = editor.post(edit(page), {**sent, "action-submit": "action-submit"})
    assert "lead_image_alt" in refused.context["form"].errors
    assert editor.post(edit(page), sent).status_code == 302


# The publish gate, road by road


@pytest.mark.parametrize("who", ["publisher", "superuser"])
def test_the_publish_button_does_not_publish_and_says_why(
    client: Client, kind: Kind, cast: Cast, draft: Any, who: str
) -> None:
    user = superuser() if who == "superuser" else cast["publisher"]
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    before = story(draft.record)
    sent = form_of(kind, draft, **{"action-publish": "action-publish"})
    answer = client.post(edit(draft), sent)
    said = [str(message).strip() for message in get_messages(answer.wsgi_request)]
    assert draft.refusal().sentences[0] in said
    assert not is_live(draft)
    assert story(draft.record) == before


def test_the_last_approval_of_the_workflow_is_refused(cast: Cast, draft: Any) -> None:
    before = story(draft.record)
    draft.get_workflow().start(draft, cast["editor"])
    with pytest.raises(PublicationRefused):
        draft.current_workflow_task_state.approve(user=cast["publisher"])
    assert draft.current_workflow_state.status == "in_progress"
    assert not is_live(draft)
    assert story(draft.record) == before


def test_publishing_in_bulk_takes_the_allowed_ones_alone(cast: Cast, draft: Any) -> None:
    allowed = write_brand_page(make_brand("recognised", cast), cast)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    chosen = f"{address}?id={draft.pk}&id={allowed.pk}&next=/admin/"
    client_of(superuser()).post(chosen, {"include_descendants": "on"})
    assert is_live(allowed)
    assert not is_live(draft)


def test_a_schedule_leaves_out_the_forbidden_one(cast: Cast, draft: Any) -> None:
    allowed = write_brand_page(make_brand("recognised", cast), cast)
    for page in (draft, allowed):
        page.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    with pytest.raises(CommandError, match="1 due"):
        call_command("publish_scheduled")
    assert is_live(allowed)
    assert not is_live(draft)
    assert not Revision.objects.filter(approved_go_live_at__isnull=False).exists()


def test_no_road_through_the_shell_is_open(cast: Cast, draft: Any) -> None:
    for revision in draft.revisions.all():
        with pytest.raises(Refusal):
            revision.publish(skip_permission_checks=True)
    draft.live = True
    with pytest.raises(PublicationRefused):
        draft.save()
    base = Page.objects.get(pk=draft.pk)
    base.live = True
    with pytest.raises(PublicationRefused):
        base.save()
    assert not is_live(draft)


def test_a_recognised_brand_is_published_through_the_workflow(cast: Cast) -> None:
    page = write_brand_page(make_brand("recognised", cast), cast)
    page.get_workflow().start(page, cast["editor"])
    page.current_workflow_task_state.approve(user=cast["publisher"])
    assert is_live(page)
    assert Brand.objects.get().state == "recognised"


def test_approving_a_selected_case_publishes_it_and_moves_its_record(cast: Cast) -> None:
    case = make_case("selected", cast)
    page = publish_case_page(case.page, cast)
    case.refresh_from_db()
    assert (page.live, case.state) == (True, "published")
    last = trail_of(case).last()
    assert (last.step, last.by) == ("publish", cast["publisher"])
    assert case.published_at == last.at


def test_a_selected_case_is_published_by_the_workflow_alone(cast: Cast) -> None:
    case = make_case("selected", cast)
    page = case.page
    with pytest.raises(PublicationRefused):
        page.get_latest_revision().publish(user=cast["publisher"])
    sent = form_of(KINDS[1], page, **{"action-publish": "action-publish"})
    client_of(cast["publisher"]).post(edit(page), sent)
    case.refresh_from_db()
    assert (is_live(page), case.state) == (False, "selected")


def test_what_the_machine_refuses_is_not_published_either(cast: Cast) -> None:
    case = make_case("selected", cast)
    appoint(cast["publisher"], Role.APPLICANT, cast.organization, by=None)
    torn = get_user_model().objects.get(pk=cast["publisher"].pk)
    page = CaseStudyPage.objects.get(pk=case.page.pk)
    page.get_workflow().start(page, cast["editor"])
    with pytest.raises(Refusal), transaction.atomic():
        page.current_workflow_task_state.approve(user=torn)
    case.refresh_from_db()
    assert (is_live(page), case.state) == (False, "selected")


def test_a_number_of_a_person_keeps_a_page_back(kind: Kind, cast: Cast) -> None:
    record = kind.record_in("recognised" if kind.model is Brand else "selected", cast)
    page = kind.page_of(record, cast)
    page.summary = "联系电话13800138000。"
    page.save_revision(user=cast["editor"])
    page.get_workflow().start(page, cast["editor"])
    with pytest.raises(PublicationRefused, match="手机"):
        page.current_workflow_task_state.approve(user=cast["publisher"])
    assert not is_live(page)


# Withdrawn


def test_a_withdrawn_page_goes_offline_and_its_address_says_why(
    client: Client, kind: Kind, cast: Cast
) -> None:
    page = kind.withdrawn(cast)
    reason = trail_of(page.record).last().reason
    address = f"/{'brands' if kind.model is Brand else 'cases'}/{page.slug}/"
    assert not page.live
    for method in ("get", "head", "post"):
        assert getattr(client, method)(address).status_code == 410
    found = client.get(address)
    assert reason in found.text
    assert page.summary not in found.text
    assert cast["department"].get_full_name() not in found.text
    assert found["Cache-Control"] == "public, max-age=0, must-revalidate"
    for other in (f"/{'brands' if kind.model is Brand else 'cases'}/", "/sitemap.xml", "/"):
        assert address not in client.get(other).text


def test_what_was_never_read_says_nothing(client: Client, kind: Kind, cast: Cast) -> None:
    page = kind.page_of(kind.record_in(kind.hidden, cast), cast)
    address = f"/{'brands' if kind.model is Brand else 'cases'}/{page.slug}/"
    assert client.get(address).status_code == 404
    withdrawn = write_brand_page(make_brand("recognised", cast), cast)
    take_brand(withdrawn.brand, "revoke", cast)
    assert client.get(f"/brands/{withdrawn.slug}/").status_code == 404


def test_a_restricted_page_says_nothing_either(client: Client, kind: Kind, cast: Cast) -> None:
    from wagtail.models import PageViewRestriction

    page = kind.withdrawn(cast)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    address = f"/{'brands' if kind.model is Brand else 'cases'}/{page.slug}/"
    assert client.get(address).status_code == 404


def test_withdrawing_calls_off_what_the_editors_had_under_way(kind: Kind, cast: Cast) -> None:
    page = kind.published(cast)
    page.summary = "新的一句话。"
    page.save_revision(user=cast["editor"], approved_go_live_at=timezone.now() + timedelta(days=1))
    page.get_workflow().start(page, cast["editor"])
    step, take = ("revoke", take_brand) if kind.model is Brand else ("retract", take_case)
    take(page.record, step, cast)
    page = kind.page_model.objects.get(pk=page.pk)
    assert page.current_workflow_state is None
    assert not page.revisions.filter(approved_go_live_at__isnull=False).exists()
    editor = client_of(cast["editor"])
    assert editor.get(edit(page)).status_code == 200
    assert editor.post(edit(page), form_of(kind, page)).status_code == 302


def test_a_live_page_whose_record_was_hidden_behind_the_door_is_read_by_nobody(
    client: Client, kind: Kind, cast: Cast
) -> None:
    from tests.factories.spread import forge_state

    page = kind.published(cast)
    forge_state(page.record, "draft")
    part = "brands" if kind.model is Brand else "cases"
    assert client.get(f"/{part}/{page.slug}/").status_code == 404
    assert f"/{part}/{page.slug}/" not in client.get(f"/{part}/").text


def test_editors_and_publishers_may_add_pages_here(kind: Kind, cast: Cast) -> None:
    index = kind.index.objects.get()
    for role in ("editor", "publisher"):
        assert index.permissions_for_user(cast[role]).can_add_subpage()
    assert GroupPagePermission.objects.filter(permission__codename="add_page").exists()
