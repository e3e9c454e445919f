"""The library of the CMS: a document or picture is public while a page that residents read leads there.

What is public is fixed: the library knows no second pair of eyes, pages do. A new version is a new file,
and the page that leads to it goes through the workflow (`pages.succession` leads its readers on).
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.db.models import Model
from django.db.models.signals import pre_delete, pre_save
from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _
from wagtail.documents import get_document_model
from wagtail.images import get_image_model
from wagtail.models import Page, PageQuerySet, ReferenceIndex, Revision
from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from partybuilding.core.pages import PublicationRefused, RecordPage, open_to_all
from partybuilding.core.pages.texts import documents_of, pictures_of
from partybuilding.core.types import AnyUser

#: What of a document or picture residents see.
SEEN = (
    *("file", "title", "description"),
    *("focal_point_x", "focal_point_y", "focal_point_width", "focal_point_height"),
)
ANY_RIGHT = ("add", "change", "delete", "choose")
#: How long it is kept that a picture is public; a page shows many at once.
KEPT_SECONDS = 60


def user_works_with(model: type[Model], user: AnyUser) -> bool:
    """Tell whether a user has any right in the library of documents, or in that of pictures."""
    owner = "uploaded_by_user"
    policy = CollectionOwnershipPermissionPolicy(model, auth_model=model, owner_field_name=owner)
    return policy.user_has_any_permission(user, ANY_RIGHT)


def live_pages_with(thing: Any) -> PageQuerySet:
    """Return the live pages that lead to a document or picture, as they were last published."""
    page_type = ContentType.objects.get_for_model(Page)
    found = ReferenceIndex.get_references_to(thing).filter(base_content_type=page_type)
    return Page.objects.live().filter(pk__in=map(int, found.values_list("object_id", flat=True)))


def is_public(thing: Any) -> bool:
    """Tell whether something that residents may read leads here: a page, or the settings of the site."""
    pages = open_to_all(live_pages_with(thing)).specific(defer=True)
    return any(map(_is_read, pages)) or _stands_outside_of_pages(thing)


def _is_read(page: Page) -> bool:
    return not isinstance(page, RecordPage) or page.record_allows_live()


def _stands_outside_of_pages(thing: Any) -> bool:
    page_type = ContentType.objects.get_for_model(Page)
    found = ReferenceIndex.get_references_to(thing)
    return found.exclude(base_content_type=page_type).exists()


def is_fixed(thing: Any) -> bool:
    """Tell whether a live page, or one that was approved and goes out later, leads here."""
    return live_pages_with(thing).exists() or _is_scheduled(thing)


def _is_scheduled(thing: Any) -> bool:
    walk = pictures_of if isinstance(thing, get_image_model()) else documents_of
    due = Revision.page_revisions.exclude(approved_go_live_at=None)
    pages = (revision.as_object() for revision in due)
    return any(found == thing for page in pages for _place, found in walk(page))


def keep_what_is_used(sender: type, instance: Any, **kwargs: Any) -> None:
    """Refuse the deletion of a document or picture in public use, by whatever road.

    Raises:
        PublicationRefused: a page leads there.
    """
    if is_fixed(instance):
        sentence = _("“%(title)s” is used by a public page: change the page first.")
        raise PublicationRefused([sentence % {"title": instance.title}])


def keep_what_is_seen(sender: type[Model], instance: Any, raw: bool = False, **kwargs: Any) -> None:
    """Refuse another file, title or cut of a document or picture in public use, by whatever road.

    Raises:
        PublicationRefused: a page shows it as it was.
    """
    if raw or instance._state.adding:
        return
    names = {field.attname for field in sender._meta.concrete_fields} & set(SEEN)
    stored = sender._base_manager.filter(pk=instance.pk).values(*names).first()
    now = {name: getattr(instance, name) for name in names}
    if stored and {**now, "file": now["file"].name} != stored and is_fixed(instance):
        raise PublicationRefused(
            [_("“%(title)s” is used by a public page and stays as it is.") % stored]
        )


def keep_unpublished_private(document: Any, request: HttpRequest) -> None:
    """Say 404 for a document that no public page leads to, to whoever has no right in the library.

    Raises:
        Http404: nothing that the reader may see leads here.
    """
    if not user_works_with(type(document), request.user) and not is_public(document):
        raise Http404


def picture_is_public(path: str) -> bool:
    """Tell whether the picture behind a derived file is public; that it is, is known for a minute."""
    key = f"picture-public:{path}"
    known = cache.get(key, default=False) or _find_public(path)
    if known:
        cache.set(key, known, KEPT_SECONDS)
    return known


def _find_public(path: str) -> bool:
    renditions = get_image_model().get_rendition_model().objects.filter(file=path)
    found = renditions.select_related("image").first()
    return found is not None and is_public(found.image)


def hold_library() -> None:
    """Let nobody change or delete what is in public use; called once when the app is ready."""
    for model in (get_document_model(), get_image_model()):
        uid = f"partybuilding.library.{model._meta.model_name}"
        pre_save.connect(keep_what_is_seen, sender=model, dispatch_uid=f"{uid}.save")
        pre_delete.connect(keep_what_is_used, sender=model, dispatch_uid=f"{uid}.delete")
