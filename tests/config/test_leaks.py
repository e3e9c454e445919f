"""Every address of the site, asked by everybody: nobody reads a word that is not for them."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import product
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone
from wagtail.documents import get_document_model

from partybuilding.core.services import attach, move, withdraw_page
from partybuilding.projects.services import record_assessment
from tests.factories import make_cast, make_project
from tests.factories.column import make_image
from tests.factories.news import publish_news, write_news
from tests.factories.projects import Cast
from tests.factories.screens import client_of
from tests.partybuilding.core.uploads import samples

pytestmark = pytest.mark.django_db

LIBRARY = {"机密文档甲", "机密图片乙", "canary-document"}
PAGES = {"机密草稿丙", "机密定时丁", "机密旧文戊"}
CASES = {"机密项目己", "机密附件庚"}
REVIEWS = {"机密评审辛", "机密意见壬"}
ALL = LIBRARY | PAGES | CASES | REVIEWS
#: Who walks, in which rooms, and what they may read there; all but the department are strangers to the case.
WALKS: dict[str, tuple[tuple[str, ...], set[str]]] = {
    "anonymous": (("", "portal/", "admin/"), set()),
    "applicant": (("portal/", "admin/", "documents/", "media/"), set()),
    "expert": (("portal/",), set()),
    "unit": (("admin/", "documents/", "media/"), set()),
    "leader": (("admin/", "documents/", "media/"), set()),
    "taskforce": (("admin/", "documents/", "media/"), CASES | REVIEWS),
    "department": (("admin/", "documents/", "media/"), CASES | REVIEWS),
    "editor": (("admin/", "documents/", "media/"), LIBRARY | PAGES),
}
#: What ends the session, and what is there to fail.
LEFT_OUT = ("logout", "error_test")
#: Where a declined project would be read.
CASE_SCREENS = ("partybuilding:case", "portal:project", "portal:application", "portal:attachments")
QUERY = "q=机密&p=1&next=/admin/&page_type=wagtailcore.page&id="


class World:
    """What was planted, and the values that lead to it in addresses."""

    def __init__(self) -> None:
        owners = make_cast()
        self.strangers: Cast = make_cast(owners.cycle)
        self.plant_case(owners)
        self.plant_pages(owners)
        self.plant_library()
        pages, case = [self.draft.pk], [self.reviewed.pk]
        #: What `pk` means, by a word in the name of the address; the first that fits.
        self.keys = {
            ":file": [self.file.pk],
            "images": [self.image.pk],
            "doc": [self.document.pk],
            "partybuilding": case,
            "portal": case,
            "": [self.draft.pk],
        }
        named = (self.draft._meta.app_label, self.draft._meta.model_name)
        self.values: dict[str, list[Any]] = {
            **dict.fromkeys(("page_id", "parent_page_id", "page_to_move_id"), pages),
            "destination_id": [self.draft.get_parent().pk],
            **{key: [self.image.pk] for key in ("image_id",)},
            **{key: [self.document.pk] for key in ("document_id", "doc_id")},
            "document_filename": [self.document.filename],
            "name": [self.rendition],
            "revision_id": [self.draft.latest_revision_id],
            "instance_pk": case,
            "object_id": [str(self.draft.pk)],
            "year": [owners.cycle.year],
            "code": [self.reviewed.code or "x"],
            "slug": [self.draft.slug],
            "edition": ["pdf", "xlsx"],
            "filter_spec": ["max-100x100"],
            **{key: [named[0]] for key in ("app_label", "app_name", "content_type_app_name")},
            **{key: [named[1]] for key in ("model_name", "content_type_model_name")},
        }

    def plant_case(self, cast: Cast) -> None:
        """Leave a declined project with a file, and one with opinions of its reviewers."""
        self.declined = make_project("submitted", cast, title="机密项目己")
        file = SimpleUploadedFile("机密附件庚.pdf", samples.pdf())
        self.file = attach(self.declined, file, by=cast["applicant"])
        self.declined = move(self.declined, "withdraw", by=cast["applicant"], reason="机密项目己")
        self.reviewed = make_project("submitted", cast)
        self.reviewed = move(self.reviewed, "pass_first", by=cast["unit"], reason="机密意见壬")
        told = {"participants": "一行3人", "findings": "机密评审辛"}
        record_assessment(self.reviewed, "visit", by=cast["department"], **told)

    def plant_pages(self, cast: Cast) -> None:
        """Leave a draft, a page that waits for its day, and one that was taken offline."""
        self.draft = write_news("机密草稿丙")
        self.draft.save_revision(user=cast["editor"])
        self.draft.refresh_from_db()
        self.due = write_news("机密定时丁")
        self.due.go_live_at = timezone.now() + timedelta(days=1)
        self.due.save_revision(user=cast["editor"]).publish()
        self.gone = publish_news("已撤下的新闻", summary="机密旧文戊")
        withdraw_page(self.gone, by=cast["publisher"], reason="数据有误。")

    def plant_library(self) -> None:
        """Leave a document and a picture that nothing public uses."""
        file = ContentFile(b"canary-document", name="canary.pdf")
        self.document = get_document_model().objects.create(title="机密文档甲", file=file)
        self.image = make_image("机密图片乙")
        self.rendition = self.image.get_rendition("max-100x100").file.name.split("/")[-1]

    def addresses(self, rooms: tuple[str, ...]) -> Iterator[str]:
        """Yield every address below some rooms; `""` are the public ones."""
        for pattern, name, parameters in patterns():
            room = pattern.split("/", 1)[0] + "/"
            inner = room in ("admin/", "portal/")
            if room not in rooms and not ("" in rooms and not inner):
                continue
            choices = [self.meant(each, name) for each in parameters]
            for chosen in product(*choices):
                keyed = dict(zip(parameters, chosen, strict=True))
                try:
                    yield reverse(name, kwargs=keyed)
                except NoReverseMatch:
                    continue

    def meant(self, parameter: str, name: str) -> list[Any]:
        """Return the values that are worth trying for a part of an address."""
        if parameter == "pk":
            return next(values for word, values in self.keys.items() if word in name)
        return self.values.get(parameter, ["x"])


def patterns() -> Iterator[tuple[str, str, list[str]]]:
    """Yield the pattern, full name and parameters of every address that has a name."""

    def walk(node: Any, before: str, space: str) -> Iterator[tuple[str, str, list[str]]]:
        for each in node.url_patterns:
            pattern = before + str(each.pattern).lstrip("^")
            if hasattr(each, "url_patterns"):
                yield from walk(
                    each, pattern, f"{space}{each.namespace}:" if each.namespace else space
                )
            elif each.name and not any(part in each.name for part in LEFT_OUT):
                converters = [*node.pattern.converters, *each.pattern.converters]
                yield pattern, f"{space}{each.name}", list(dict.fromkeys(converters))

    return walk(get_resolver(), "", "")


def told(client: Client, address: str) -> str:
    """Return what an address answers, and what it would call the file."""
    answer = client.get(address)
    body = answer.getvalue() if answer.streaming else answer.content
    return f"{answer.get('Content-Disposition', '')}\n{body.decode('utf-8', 'replace')}"


@pytest.fixture(autouse=True)
def plain_refusals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Answer what is not found without the site's frame: most of the walk ends there."""
    monkeypatch.setattr("config.urls.handler404", nothing, raising=False)


def nothing(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that nothing is here."""
    return HttpResponse(status=404)


@pytest.mark.parametrize("who", WALKS)
def test_no_address_tells_what_is_not_for_its_reader(who: str) -> None:
    world, (rooms, allowed) = World(), WALKS[who]
    client = Client() if who == "anonymous" else client_of(world.strangers[who])
    client.raise_request_exception = False
    forbidden, found, asked = ALL - allowed, [], 0
    for address in dict.fromkeys(world.addresses(rooms)):
        lists = "choose" in address or "bulk" in address or "search" in address
        keys = (world.draft.pk, world.image.pk, world.document.pk)
        queries = [f"?{QUERY}{key}" for key in keys] if lists else [f"?{QUERY}"]
        for query in queries:
            text = told(client, address + query)
            asked += 1
            found += [(address + query, each) for each in forbidden if each in text]
    bulk = [
        f"/admin/bulk/{app}/{model}/{action}/?id={thing.pk}&next=/admin/"
        for app, model, thing in (
            ("wagtailcore", "page", world.draft),
            ("wagtaildocs", "document", world.document),
            ("wagtailimages", "image", world.image),
        )
        for action in ("delete", "move", "publish", "unpublish", "add_tags", "add_to_collection")
    ]
    declined = [reverse(name, args=[world.declined.pk]) for name in CASE_SCREENS]
    pages = [world.gone.url, world.draft.url, world.due.url, f"/admin/pages/{world.due.pk}/edit/"]
    for address in (*bulk, *declined, *pages):
        text = told(client, address)
        found += [(address, each) for each in forbidden if each in text]
    assert asked > 50 or "admin/" not in rooms
    assert found == []


def test_the_canaries_are_where_those_for_whom_they_are_read_them() -> None:
    world = World()
    editor, department = (client_of(world.strangers[who]) for who in ("editor", "department"))
    assert {"机密草稿丙", "机密定时丁"} <= {
        each for each in PAGES if each in told(editor, "/admin/pages/search/?q=机密")
    }
    assert "机密文档甲" in told(editor, "/admin/documents/")
    assert "机密图片乙" in told(editor, "/admin/images/")
    assert "canary-document" in told(editor, world.document.url)
    assert "机密旧文戊" in told(editor, f"/admin/pages/{world.gone.pk}/edit/")
    case = reverse("partybuilding:case", args=[world.declined.pk])
    assert "机密项目己" in told(department, case)
    assert "机密附件庚" in told(department, case)
    case = told(department, reverse("partybuilding:case", args=[world.reviewed.pk]))
    assert "机密评审辛" in case
    assert "机密意见壬" in case
