"""One part of an application at a time, and nothing typed is ever lost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from partybuilding.core.services import move
from partybuilding.cycles.models import Topic
from partybuilding.projects.services import save_application
from tests.factories import make_project

JSON = {"accept": "application/json"}


@pytest.fixture
def draft(cast):
    return make_project("draft", cast)


@pytest.fixture
def client(cast, browse):
    return browse(cast["applicant"])


def place(project, section, name="section"):
    return reverse(f"portal:{name}", args=[project.pk, section])


def step(number, **facts):
    day = timezone.localdate() + timedelta(days=20 + number)
    said = {"task": f"任务{number}", "goal": "全覆盖", "deadline": day, "person": "李示例", **facts}
    return {f"steps-{number}-{name}": value for name, value in said.items()}


def plan(*rows, initial=0, **more):
    counts = {"steps-TOTAL_FORMS": len(rows), "steps-INITIAL_FORMS": initial}
    return {**counts, **{name: value for row in rows for name, value in row.items()}, **more}


@pytest.mark.parametrize("section", ["problem", "distinctiveness", "highlights"])
def test_a_text_is_saved_and_the_next_part_opens(section, draft, client) -> None:
    answer = client.post(place(draft, section), {section: "一段话", "then": "next"})
    draft.refresh_from_db()
    assert getattr(draft, section) == "一段话"
    assert answer["Location"] != place(draft, section)
    assert client.get(answer["Location"]).status_code == 200


def test_save_and_go_back_leads_to_the_task_list(draft, client) -> None:
    answer = client.post(place(draft, "problem"), {"problem": "一段话", "then": "back"})
    assert answer["Location"] == reverse("portal:application", args=[draft.pk])


def test_without_javascript_a_further_row_comes_after_saving(draft, client) -> None:
    answer = client.post(place(draft, "plan"), plan(step(0), then="more"))
    assert answer["Location"] == place(draft, "plan")
    assert client.get(answer["Location"]).content.decode().count('name="steps-1-task"') == 1


def test_a_part_may_stay_incomplete(draft, client) -> None:
    answer = client.post(place(draft, "basics"), {"title": "先起个名"})
    draft.refresh_from_db()
    assert answer.status_code == 302
    assert draft.title == "先起个名"


def test_text_that_is_too_long_comes_back_whole_and_explained(draft, client) -> None:
    text = "长" * 2001
    page = client.post(place(draft, "problem"), {"problem": text}).content.decode()
    assert text in page
    assert "error-summary" in page
    draft.refresh_from_db()
    assert draft.problem == ""


def test_no_browser_is_told_to_cut_text(draft, client) -> None:
    for section in ("basics", "problem", "plan"):
        assert "maxlength" not in client.get(place(draft, section)).content.decode()


def test_what_is_valid_is_saved_beside_what_is_not(draft, client) -> None:
    client.post(place(draft, "basics"), {"title": "长" * 101, "contact_name": "周示例"})
    draft.refresh_from_db()
    assert (draft.title, draft.contact_name) == ("", "周示例")


def test_a_topic_of_another_field_is_refused_in_words(cast, draft, client) -> None:
    topic = Topic.objects.create(cycle=cast.cycle, code="r", sector="rural", title="乡村振兴")
    data = {"title": "名", "sector": "urban", "topic": topic.pk}
    page = client.post(place(draft, "basics"), data).content.decode()
    assert "该选题不属于所选领域" in page


def test_nothing_but_the_part_is_bound_from_the_form(cast, draft, client) -> None:
    data = {"problem": "话", "state": "approved", "organization": 1, "title": "偷改", "code": "X-1"}
    client.post(place(draft, "problem"), data)
    draft.refresh_from_db()
    assert (draft.state, draft.organization, draft.title) == ("draft", cast.organization, "")


def test_the_plan_keeps_the_order_that_the_numbers_give(draft, client) -> None:
    rows = [step(0, ORDER=3), step(1, ORDER=1), step(2)]
    client.post(place(draft, "plan"), plan(*rows, overview="三步走"))
    draft.refresh_from_db()
    assert [row.task for row in draft.plan_steps.all()] == ["任务1", "任务0", "任务2"]
    assert draft.overview == "三步走"


def test_a_removed_row_and_an_empty_one_are_left_out(draft, client) -> None:
    empty = dict.fromkeys(step(2), "")
    client.post(place(draft, "plan"), plan(step(0), step(1, DELETE="on"), empty))
    assert [row.task for row in draft.plan_steps.all()] == ["任务0"]


def test_a_row_with_an_impossible_date_comes_back_with_its_text(draft, client) -> None:
    page = client.post(place(draft, "plan"), plan(step(0, deadline="2026-02-31"))).content.decode()
    assert "2026-02-31" in page
    assert "任务0" in page
    assert draft.plan_steps.count() == 0


def test_a_wrong_row_does_not_undo_the_plan_that_was_saved(draft, client) -> None:
    client.post(place(draft, "plan"), plan(step(0)))
    bad = plan(step(0, task="长" * 201), step(1), initial=1)
    assert client.post(place(draft, "plan", "autosave"), bad, headers=JSON).status_code == 422
    assert [row.task for row in draft.plan_steps.all()] == ["任务0"]


def test_more_steps_than_a_plan_holds_come_back_with_a_sentence(draft, client) -> None:
    page = client.post(place(draft, "plan"), plan(*map(step, range(31)))).content.decode()
    assert "任务30" in page
    assert "error-summary" in page


def test_autosave_answers_when_it_saved(draft, client) -> None:
    answer = client.post(place(draft, "problem", "autosave"), {"problem": "话"}, headers=JSON)
    draft.refresh_from_db()
    assert draft.problem == "话"
    assert answer.json()["saved_at"] == timezone.localtime(draft.updated_at).isoformat()


def test_autosave_says_in_words_what_it_did_not_save(draft, client) -> None:
    data = {"title": "长" * 101, "contact_name": "周示例"}
    answer = client.post(place(draft, "basics", "autosave"), data, headers=JSON)
    draft.refresh_from_db()
    assert answer.status_code == 422
    assert "项目名称：" in answer.json()["message"]
    assert draft.contact_name == "周示例"


def test_autosave_is_for_posts_alone(draft, client) -> None:
    assert client.get(place(draft, "problem", "autosave")).status_code == 405


@pytest.mark.parametrize("state", ["submitted", "first_passed", "approved", "withdrawn"])
def test_autosave_is_refused_in_words_once_it_left_the_applicant(state, cast, client) -> None:
    project = make_project(state, cast)
    answer = client.post(place(project, "problem", "autosave"), {"problem": "晚了"}, headers=JSON)
    assert answer.status_code == 409
    assert "请先复制已填写的内容" in answer.json()["message"]
    project.refresh_from_db()
    assert project.problem != "晚了"


def test_text_typed_while_a_colleague_submitted_comes_back(cast, client) -> None:
    project = make_project("submitted", cast)
    answer = client.post(place(project, "problem"), {"problem": "迟到的一段话"})
    assert answer.status_code == 409
    assert "迟到的一段话" in answer.content.decode()
    assert "未能保存" in answer.content.decode()


def test_an_application_that_was_handed_in_opens_no_form(cast, client) -> None:
    project = make_project("submitted", cast)
    answer = client.get(place(project, "problem"), follow=True)
    assert answer.redirect_chain[-1][0] == reverse("portal:project", args=[project.pk])
    assert "不能填写" in answer.content.decode()


@pytest.mark.parametrize("section", ["problem", "plan"])
def test_nobody_overwrites_what_was_written_meanwhile(section, draft, client) -> None:
    seen = client.get(place(draft, section)).context["part"].seen
    first = {"problem": "同事写的", "overview": "同事写的", **plan(step(0))}
    second = {"problem": "我写的", "overview": "我写的", **plan(step(1))}
    client.post(place(draft, section), {**first, "seen": seen})
    answer = client.post(place(draft, section), {**second, "seen": seen})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "同事写的" in page
    assert "我写的" in page
    kept = client.post(place(draft, section, "autosave"), {**second, "seen": seen}, headers=JSON)
    assert kept.status_code == 409
    again = {**second, "seen": answer.context["part"].seen}
    assert client.post(place(draft, section), again).status_code == 302
    draft.refresh_from_db()
    assert "我写的" in (draft.problem, draft.overview)


def test_saving_the_same_twice_is_no_conflict(draft, client) -> None:
    seen = client.get(place(draft, "plan")).context["part"].seen
    data = {"overview": "三步走", **plan(step(0, post="书记")), "seen": seen}
    client.post(place(draft, "plan", "autosave"), data, headers=JSON)
    assert client.post(place(draft, "plan"), data).status_code == 302


def test_autosave_goes_on_from_what_it_saved(draft, client) -> None:
    seen = client.get(place(draft, "problem")).context["part"].seen
    for text in ("一", "一二", "一二三"):
        data = {"problem": text, "seen": seen}
        answer = client.post(place(draft, "problem", "autosave"), data, headers=JSON)
        seen = answer.json()["values"]["seen"]
    draft.refresh_from_db()
    assert draft.problem == "一二三"


def test_the_remark_stands_beside_the_part_it_concerns(cast, client) -> None:
    project = make_project("submitted", cast)
    remarks = {"plan": "请按季度细化步骤。", "unknown": "不认识"}
    move(project, "send_back", by=cast["unit"], reason="请补充。", data={"remarks": remarks})
    assert "请按季度细化步骤。" in client.get(place(project, "plan")).content.decode()
    assert "请按季度细化步骤。" not in client.get(place(project, "problem")).content.decode()


def test_a_part_needs_correcting_until_it_reads_differently(cast, client) -> None:
    project = make_project("submitted", cast)
    remarks = {"problem": "请写数据。"}
    move(project, "send_back", by=cast["unit"], reason="请补充。", data={"remarks": remarks})
    tasks = reverse("portal:application", args=[project.pk])
    assert "需修改" in client.get(tasks).content.decode()
    client.post(place(project, "problem"), {"problem": "65户停车难，堆物31处。"})
    page = client.get(tasks).content.decode()
    assert "需修改" not in page
    assert "已修改。审核意见：请写数据。" in page


@pytest.mark.parametrize("phone", ["随便写", "123", "😀"])
def test_a_telephone_that_nobody_can_call_is_refused_beside_its_field(phone, draft, client) -> None:
    data = {"title": "议事厅", "sector": "urban", "contact_phone": phone}
    answer = client.post(place(draft, "basics"), data)
    assert "请填写手机号码或带区号的固定电话" in answer.content.decode()
    draft.refresh_from_db()
    assert (draft.title, draft.contact_phone) == ("议事厅", "")


def test_an_emoji_is_named_when_it_is_typed(draft, client) -> None:
    answer = client.post(place(draft, "problem"), {"problem": "停车难😀。"})
    assert "“😀”（U+1F600）无法在公文中打印" in answer.content.decode()
    saved = client.post(place(draft, "problem", "autosave"), {"problem": "停车难😀。"})
    assert "U+1F600" in saved.json()["message"]


def test_a_soft_break_and_a_hidden_mark_do_not_get_in(draft, client) -> None:
    client.post(place(draft, "basics"), {"title": "邻里\u202e议事\v厅\u200b", "sector": "urban"})
    client.post(place(draft, "problem"), {"problem": "停车难。\v堆物多。\ufffe"})
    draft.refresh_from_db()
    assert (draft.title, draft.problem) == ("邻里议事 厅", "停车难。\n堆物多。")


def test_only_topics_that_fit_the_field_are_offered(cast, draft, client) -> None:
    for sector, title in (("", "各领域选题"), ("rural", "农村选题"), ("urban", "社区选题")):
        Topic.objects.create(cycle=cast.cycle, code=title, sector=sector, title=title)
    draft.sector = "urban"
    draft.save()
    options = client.get(place(draft, "basics")).content.decode().split("<option")[1:]
    shown = [one for one in options if "disabled" not in one]
    for title, number in (("各领域选题", 1), ("农村选题", 0), ("社区选题", 1)):
        assert sum(f">{title}<" in one for one in options) == 1
        assert sum(f">{title}<" in one for one in shown) == number


def test_a_part_that_is_filled_and_wrong_does_not_read_as_empty(draft, client) -> None:
    draft.contact_name, draft.contact_phone = "李示例", "随便写"
    draft.problem = "。"
    draft.save()
    tasks = client.get(reverse("portal:application", args=[draft.pk])).content.decode()
    assert tasks.count("待完善") == 2
    assert "联系电话填写有误" in tasks


def test_an_answer_to_a_remark_about_the_telephone_counts(cast, client) -> None:
    project = make_project("submitted", cast)
    told = {"remarks": {"basics": "电话打不通。"}}
    project = move(project, "send_back", by=cast["unit"], reason="请核对电话。", data=told)
    tasks = reverse("portal:application", args=[project.pk])
    assert "需修改" in client.get(tasks).content.decode()
    save_application(project, by=cast["applicant"], contact_phone="13912345678")
    assert "需修改" not in client.get(tasks).content.decode()
