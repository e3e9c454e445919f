"""Drive the notices of one activity at random against a plain model of them."""

from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from partybuilding.core.machine.refusals import ConditionUnmet, Frozen, WrongState
from partybuilding.core.selectors import faults_of_trail, trail_of
from partybuilding.core.services import move
from partybuilding.supervision.models import Activity
from partybuilding.supervision.notices.models import FeedbackNotice
from partybuilding.supervision.notices.services import draft_notice, issue_many, save_words
from tests.factories import make_cast, make_project
from tests.factories.feedback import make_activity, make_visit, set_office


class NoticesOfOneActivity(RuleBasedStateMachine):
    """Drive the notices of one activity at random and hold them to a plain model."""

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        set_office()
        self.cast = make_cast()
        project = make_project("implementing", self.cast)
        make_visit(project)
        self.activity = make_activity(project)
        self.state, self.numbers = "", []

    @property
    def current(self) -> FeedbackNotice | None:
        return FeedbackNotice.objects.standing().filter(activity=self.activity).first()

    def teardown(self) -> None:
        """Take everything back."""
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @rule()
    def draft(self) -> None:
        """Begin a notice, or find the one that stands."""
        draft_notice(Activity.objects.get(pk=self.activity.pk), by=self.cast["taskforce"])
        self.state = self.state or "draft"

    @rule(words=st.text("好坏", min_size=1, max_size=3))
    @precondition(lambda self: self.state)
    def write(self, words: str) -> None:
        """Change the words; only of a draft."""
        before = self.current.opening
        try:
            save_words(self.current, by=self.cast["taskforce"], opening=words, closing="")
        except Frozen:
            assert self.state == "issued"
            assert self.current.opening == before

    @rule()
    def issue(self) -> None:
        """Issue it, with or without a draft."""
        done = issue_many([Activity.objects.get(pk=self.activity.pk)], by=self.cast["taskforce"])
        assert done[0].ok == (self.state != "issued")
        if done[0].ok:
            self.numbers.append(done[0].notice.number)
        self.state = "issued"

    @rule(reason=st.sampled_from(["", "日期写错。"]))
    @precondition(lambda self: self.state)
    def revoke(self, reason: str) -> None:
        """Revoke it; with a reason, and only what was issued."""
        try:
            move(self.current, "revoke", by=self.cast["taskforce"], reason=reason)
        except (WrongState, ConditionUnmet):
            assert self.state == "draft" or not reason
        else:
            assert self.state == "issued"
            self.state = ""

    @invariant()
    def it_is_as_the_model_says(self) -> None:
        """Hold state, the activity's day, and the numbers to the model."""
        current = self.current
        assert (current.state if current else "") == self.state
        done = Activity.objects.get(pk=self.activity.pk).done_on is not None
        assert done == (self.state == "issued")
        numbers = FeedbackNotice.objects.exclude(number="").order_by("pk")
        assert [one.number for one in numbers] == self.numbers
        assert [int(n.split("〕")[1][:-1]) for n in self.numbers] == [
            *range(1, len(self.numbers) + 1)
        ]
        for one in numbers:
            assert one.content
            assert trail_of(one).filter(step="issue").count() == 1
        assert list(faults_of_trail()) == []


class TestNoticesOfOneActivity(TestCase):
    """Run the machine inside the test's transaction."""

    def test_no_order_of_acts_breaks_it(self) -> None:
        run_state_machine_as_test(
            NoticesOfOneActivity,
            settings=settings(
                max_examples=8,
                stateful_step_count=12,
                deadline=None,
                suppress_health_check=list(HealthCheck),
            ),
        )
