"""What was declined, or never decided, is found by no resident at any address."""

from io import BytesIO
from itertools import product
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from PIL import Image
from wagtail.documents import get_document_model
from wagtail.models import Page

from partybuilding.core.services import attach
from partybuilding.projects.models import Project
from partybuilding.projects.pages import ProjectPage
from tests.factories import make_cast, make_organization, make_project
from tests.factories.column import forge, make_page
from tests.factories.projects import Cast

pytestmark = pytest.mark.django_db
HIDDEN = (
    "draft",
    "submitted",
    "returned",
    "not_recommended",
    "first_passed",
    "declined",
    "withdrawn",
)


@pytest.fixture
def shown() -> ProjectPage:
    """Publish one project, so that lists are not empty."""
    return make_page("implementing", make_cast())


@pytest.fixture
def hidden(shown: ProjectPage) -> list[Project]:
    """Make a project in every hidden state, each with words that nobody else has."""
    made = []
    for state in HIDDEN:
        lead = make_organization(name=f"绝密党支部{state}", sector="hospital")
        cast = make_cast(shown.project.cycle, lead)
        project = make_project(state, cast, title=f"机密项目{state}")
        Project.objects.filter(pk=project.pk).update(sector="hospital")
        attach(project, picture_file(), by=cast["applicant"])
        made.append(Project.objects.get(pk=project.pk))
    return made


def picture_file() -> SimpleUploadedFile:
    """Return a small picture as it is uploaded."""
    file = BytesIO()
    Image.new("RGB", (40, 30), "#B3000C").save(file, "PNG")
    return SimpleUploadedFile("绝密附件.png", file.getvalue(), content_type="image/png")


def betrayed(response: Any, projects: list[Project]) -> list[str]:
    """Return what of the projects an answer tells."""
    text = b"".join(response.streaming_content) if response.streaming else response.content
    secrets = ["绝密", "机密项目", *(f"{project.code}" for project in projects if project.code)]
    return [secret for secret in secrets if secret in text.decode("utf-8", "replace")]


LISTS = [
    "/",
    "/projects/",
    "/projects/?page=2",
    "/projects/?sort=number",
    "/projects/?sector=hospital",
    *(f"/projects/?state={state}" for state in HIDDEN),
    "/projects/2099/",
    "/search/?q=",
    "/projects/feed.atom",
    "/projects/feed.atom?sector=hospital",
    "/sitemap.xml",
    "/robots.txt",
]


def test_no_list_tells(client: Client, shown: ProjectPage, hidden: list[Project]) -> None:
    year = str(shown.project.cycle.year)
    asked = [address.replace("2099", year) for address in LISTS]
    told = {address: betrayed(client.get(address), hidden) for address in asked}
    assert {address: secrets for address, secrets in told.items() if secrets} == {}


def test_no_words_find_it_and_no_filter_counts_it(
    client: Client, shown: ProjectPage, hidden: list[Project]
) -> None:
    for project in hidden:
        words = [project.title, project.organization.name, project.code, project.problem[:6]]
        for word in filter(None, words):
            for address in ("/projects/", "/search/", f"{shown.get_parent().url}"):
                response = client.get(address, {"q": word})
                answer = response.content.decode().replace(word, "")
                listed = address == "/search/" or shown.title in answer or "没有" in answer
                assert listed, address
                assert f"/{project.code}/" not in answer
    units = {project.organization.unit_id for project in hidden}
    for unit in units:
        assert "共1个项目" in client.get("/projects/", {"unit": unit}).content.decode()
    offered = client.get("/projects/").content.decode()
    assert "公立医院" not in offered
    assert "找到0个项目" in client.get("/projects/?sector=hospital").content.decode()


def test_the_numbers_are_those_of_the_listed(
    client: Client, shown: ProjectPage, hidden: list[Project]
) -> None:
    assert "共1个项目" in client.get("/projects/").content.decode()
    assert "共1个项目" in client.get(shown.get_parent().url).content.decode()
    assert client.get("/projects/feed.atom").content.decode().count("<entry>") == 1


def test_guessed_addresses_of_pages_say_404(
    client: Client, shown: ProjectPage, hidden: list[Project]
) -> None:
    year = shown.get_parent().url
    for project in hidden:
        for slug in filter(None, (project.code, str(project.pk), project.title)):
            assert client.get(f"{year}{slug}/").status_code == 404
    for pk in Page.objects.values_list("pk", flat=True):
        assert client.get(f"/projects/{pk}/").status_code == 404


@pytest.mark.parametrize("state", HIDDEN)
def test_a_page_that_was_begun_is_not_read_before_and_not_after(client: Client, state: str) -> None:
    cast = make_cast()
    shown, page = make_page(cast=cast), make_page(cast=cast, live=False)
    draft_address = f"{shown.get_parent().url}{page.slug}/"
    assert client.get(draft_address).status_code == 404
    page.get_latest_revision().publish()
    assert client.get(draft_address).status_code == 200
    forge(page.project, state)
    assert client.get(draft_address).status_code == 404
    assert f"/{page.slug}/" not in client.get("/projects/").content.decode()


FOLDERS = ("media", "media/original_images", "media/images", "documents")
INSIDE = [
    ("portal:project", "pk"),
    ("portal:form_paper", "pk", "pdf"),
    ("portal:letter_paper", "pk", "pdf"),
    ("portal:application", "pk"),
    ("portal:attachments", "pk"),
    ("portal:check", "pk"),
    ("portal:receipt", "pk"),
    ("portal:commitments", "pk"),
    ("portal:assessment", "pk"),
    ("portal:file", "file"),
    ("partybuilding:case", "pk"),
    ("partybuilding:form", "pk", "pdf"),
    ("partybuilding:letter", "pk", "pdf"),
    ("party_projects_modeladmin_index",),
    ("party_column_modeladmin_index",),
    ("wagtailadmin_explore_root",),
]


def test_inner_addresses_lead_residents_to_the_door(client: Client, hidden: list[Project]) -> None:
    for (name, *wanted), project in product(INSIDE, hidden):
        keys = {"pk": project.pk, "file": project.attachments.get().pk}
        response = client.get(reverse(name, args=[keys.get(part, part) for part in wanted]))
        assert response.status_code in (302, 404), name
        assert betrayed(response, hidden) == [], name


def test_no_folder_of_files_is_open(client: Client, hidden: list[Project]) -> None:
    for folder, project in product(FOLDERS, hidden):
        name = project.attachments.get().file.name
        for guess in (name, name.split("/")[-1]):
            assert client.get(f"/{folder}/{guess}").status_code == 404, folder


def document(name: str = "plan.pdf") -> Any:
    """Put a document into the library."""
    content = ContentFile(b"%PDF-1.4 secret", name=name)
    return get_document_model().objects.create(title="方案", file=content)


def linked_to(page: ProjectPage, cast: Cast, file: Any, *, publish: bool) -> None:
    """Let a page's text lead to a document."""
    link = f'<p><a linktype="document" id="{file.pk}">方案</a></p>'
    page.body = [{"type": "text", "value": link}]
    revision = page.save_revision(user=cast["editor"])
    if publish:
        revision.publish(user=cast["publisher"])


def status(client: Client, file: Any) -> int:
    """Return what the address of a document answers."""
    response = client.get(file.url)
    assert response.getvalue()
    return response.status_code


def test_a_document_is_read_when_a_public_page_leads_to_it(client: Client) -> None:
    cast = make_cast()
    page, file = make_page(cast=cast), document()
    assert status(client, file) == 404
    linked_to(page, cast, file, publish=True)
    assert status(client, file) == 200
    forge(page.project, "declined")
    assert status(client, file) == 404
    staff = Client()
    staff.force_login(cast["editor"], backend="django.contrib.auth.backends.ModelBackend")
    assert status(staff, file) == 200


def test_a_document_of_a_draft_is_not_read(client: Client) -> None:
    cast = make_cast()
    page, file = make_page(cast=cast), document()
    linked_to(page, cast, file, publish=False)
    assert status(client, file) == 404
