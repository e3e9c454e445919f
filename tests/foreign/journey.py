"""From an empty foreign site to what residents, applicants and staff find there; fails with the first thing amiss.

Run by `test_foreign_site.py` inside a project that `wagtail start` made.
"""

import django
from django.test import Client
from django.urls import reverse


def expect(address: str, client: Client, *said: str) -> str:
    """Return the answer of an address, which says all of this."""
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code, answer.get("Location"))
    text = answer.content.decode()
    for words in said:
        assert words in text, f"{address} does not say {words!r}"
    return text


def main() -> None:
    """Play it."""
    from wagtail.models import Page

    from partybuilding.templatetags.column_words import in_phrases
    from tests.factories.column import make_page
    from tests.factories.projects import make_cast

    cast = make_cast()
    page = make_page("implementing", cast)
    title, own_sheet = page.title, "/static/css/foreign.css"
    resident = Client()
    text = expect(
        page.url, resident, f"<h1>{in_phrases(title)}</h1>", own_sheet, "公开承诺", "创新项目</a>"
    )
    assert text.count("<title>") == text.count("<body") == 1
    expect("/projects/", resident, title, own_sheet)
    expect("/projects/list.csv", resident, title)
    expect("/data/projects.csv", resident, title)
    expect(f"{page.url}history/", resident, own_sheet)
    for index in Page.objects.live().filter(depth=3):
        expect(index.url, resident, own_sheet)
    expect("/opinions/replies/", resident, own_sheet)
    expect("/search/?query=邻里议事厅", resident, title)

    answer = resident.get("/portal/")
    assert answer.headers["Location"].startswith("/portal/login/"), answer.headers
    expect("/portal/login/", resident, own_sheet, "登录")
    applicant = Client()
    assert applicant.login(username=cast["applicant"].username, password="demo")
    expect("/portal/", applicant, own_sheet, title, f'data-account="{cast["applicant"].pk}"')
    expect(f"/portal/projects/{page.project_id}/", applicant, title)

    department = Client()
    department.force_login(cast["department"])
    expect("/admin/", department)
    register = reverse("party_projects_modeladmin_index")
    expect(register, department, title, cast.organization.name)
    expect(reverse("partybuilding:case", args=[page.project_id]), department, title)
    print("The foreign site stands.")


django.setup()
main()
