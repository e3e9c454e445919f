"""Guessing passwords ends at a closed door, and every refusal has a page in Chinese."""

import pytest
from django.test import Client


@pytest.fixture
def throttled(settings) -> None:
    settings.AXES_ENABLED = True


def guess(client: Client, times: int, **extra: str):
    answer = None
    for _ in range(times):
        answer = client.post(
            "/admin/login/", {"username": "editor", "password": "wrong"}, headers=extra
        )
    return answer


@pytest.mark.usefixtures("throttled", "editor")
def test_seven_wrong_passwords_are_forgiven(client: Client) -> None:
    assert guess(client, 7).status_code == 200
    answer = client.post("/admin/login/", {"username": "editor", "password": "right-horse"})
    assert answer.status_code == 302


@pytest.mark.usefixtures("throttled", "editor")
def test_after_eight_even_the_right_password_has_to_wait(client: Client) -> None:
    answer = guess(client, 8)
    assert answer.status_code == 429
    answer = client.post("/admin/login/", {"username": "editor", "password": "right-horse"})
    assert answer.status_code == 429
    assert "半小时" in answer.content.decode()


@pytest.mark.usefixtures("throttled", "editor")
def test_a_made_up_header_gives_no_new_guesses(client: Client) -> None:
    for number in range(8):
        answer = guess(client, 1, **{"X-Forwarded-For": f"6.6.6.{number}"})
    assert answer.status_code == 429


@pytest.mark.usefixtures("throttled", "editor")
def test_the_log_of_a_lock_names_no_person(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    guess(client, 8)
    ours = [r for r in caplog.records if r.name in {"partybuilding.security", "axes"}]
    assert [r.getMessage() for r in ours] == ["login locked"]
    assert "editor" not in str(vars(ours[0]))


def test_a_stale_form_is_refused_in_chinese_with_what_to_do(editor) -> None:
    client = Client(enforce_csrf_checks=True)
    answer = client.post("/admin/login/", {"username": "editor", "password": "right-horse"})
    assert answer.status_code == 403
    assert "刷新" in answer.content.decode()


@pytest.mark.django_db
def test_a_wrong_address_has_a_page_of_its_own(client: Client) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "没有找到这个页面" in answer.content.decode()


@pytest.mark.django_db
def test_a_fault_of_the_server_has_a_page_that_needs_no_database(
    monkeypatch: pytest.MonkeyPatch, django_assert_num_queries
) -> None:
    def broken(request: object) -> None:
        raise RuntimeError

    monkeypatch.setattr("config.operations.monitor.first_that_answers", broken)
    client = Client(raise_request_exception=False)
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert answer.status_code == 500
    assert 'lang="zh' in answer.content.decode()


@pytest.mark.usefixtures("db")
def test_a_table_of_a_thousand_rows_is_taken(client: Client) -> None:
    answer = client.post("/admin/login/", {f"cell-{number}": "1" for number in range(8_000)})
    assert answer.status_code == 200


@pytest.mark.parametrize("path", ["/admin/login/", "/portal/login/", "/opinions/"])
def test_a_form_of_too_many_fields_says_what_to_do(client: Client, settings, db, path) -> None:
    settings.DATA_UPLOAD_MAX_NUMBER_FIELDS = 3
    sent = {f"cell-{number}": "1" for number in range(9)}
    answer = client.post(path, sent)
    assert answer.status_code == 400
    assert "请返回上一页，精简最长的表格或文字" in answer.content.decode()
    read = client.post(path, sent, headers={"Accept": "application/json"})
    assert (read.status_code, read.json()["error_code"]) == (400, "validation_error")
    assert "精简最长的表格或文字" in read.json()["error_message"]


def test_what_cannot_be_read_at_all_has_its_page(client: Client, db) -> None:
    answer = client.post("/portal/login/", b"x", content_type="multipart/form-data; boundary=")
    assert answer.status_code == 400
    assert "请返回上一页" in answer.content.decode()
