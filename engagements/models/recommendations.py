"""What a board told its host: the released words alone, and what was promised for them.

Nothing here may change through what happens in the closed room.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row
from engagements.models.board_meetings import BoardMeeting
from engagements.models.boards import Board
from engagements.models.last_days import still_there
from engagements.models.people import Contact, Membership
from engagements.models.standing import standing_of

if TYPE_CHECKING:
    from accounts.models import User


class RecommendationQuerySet(models.QuerySet["Recommendation"]):
    """Recommendations, narrowed in the words of the business."""

    def visible_to(self, user: User) -> RecommendationQuerySet:
        """Those of the boards one sees, and each for which one promised something."""
        boards = Board.objects.visible_to(user).order_by().values("pk")
        mine = RecommendationPromise.objects.owned_by(user).order_by()
        return self.filter(
            Q(board__in=boards) | Q(pk__in=mine.values("recommendation"))
        )


class Recommendation(Row):
    """What a board asked its host for: the released copy, and what became of it."""

    class State(models.TextChoices):
        SUBMITTED = "submitted", _("Submitted")
        ACKNOWLEDGED = "acknowledged", _("Acknowledged")
        DECIDED = "decided", _("Answered")
        COMMITTED = "committed", _("Committed")
        IN_PROGRESS = "in_progress", _("In progress")
        DELIVERED = "delivered", _("Delivered")
        REPORTED_BACK = "reported_back", _("Reported back")
        VERIFIED = "verified", _("Confirmed by the members")
        MERGED = "merged", _("Merged into another")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    class Decision(models.TextChoices):
        NONE = "", _("No answer yet")
        ACCEPT = "accept", _("Accepted")
        PARTIAL = "partial", _("Accepted in part")
        DECLINE = "decline", _("Declined")
        DEFER = "defer", _("Deferred")

    class Support(models.TextChoices):
        ALL = "all", _("All who were present")
        MOST = "most", _("Most of those present")
        SEVERAL = "several", _("Several of those present")
        SOME = "some", _("Some of those present")

    class Verdict(models.TextChoices):
        NONE = "", _("No verdict yet")
        DONE = "done", _("Done")
        PARTLY = "partly", _("Partly done")
        NOT = "not", _("Not done")
        # No answer has more than half of the votes.
        SPLIT = "split", _("No verdict: the members are divided")

    # What a member can say.
    SAID = (Verdict.DONE, Verdict.PARTLY, Verdict.NOT)
    # Of these nothing more is asked.
    OVER = (State.VERIFIED, State.MERGED, State.WITHDRAWN)

    board = models.ForeignKey(
        Board, on_delete=models.CASCADE, related_name="recommendations"
    )
    # Its cycle.
    meeting = models.ForeignKey(
        BoardMeeting, on_delete=models.RESTRICT, related_name="recommendations"
    )
    number = models.PositiveSmallIntegerField()
    wording = models.TextField(_("What we recommend"))
    problem = models.TextField(_("The problem"), blank=True)
    evidence = models.TextField(_("What shows it"), blank=True)
    desired_outcome = models.TextField(_("What should be different"), blank=True)
    benefits = models.TextField(_("Who benefits"), blank=True)
    support = models.CharField(max_length=7, choices=Support)
    # Only where neither those for it nor those against it are few.
    support_count = models.PositiveSmallIntegerField(null=True, blank=True)
    state = models.CharField(max_length=13, choices=State, default=State.SUBMITTED)
    submitted_at = models.DateTimeField()
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    decision = models.CharField(
        max_length=7, choices=Decision, blank=True, default=Decision.NONE
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    # The first answer: what is decided anew after a deferral does not make it late.
    answered_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(_("Reason"), blank=True)
    deferred_until = models.DateField(_("Until"), null=True, blank=True)
    deferred_once = models.BooleanField(default=False)
    # Claimed by the host; the verdict is the members' alone.
    delivered_on = models.DateField(null=True, blank=True)
    reported_back_at = models.DateTimeField(null=True, blank=True)
    verdict = models.CharField(
        max_length=6, choices=Verdict, blank=True, default=Verdict.NONE
    )
    verdict_on = models.DateField(null=True, blank=True)
    ancestor = models.ForeignKey(
        "self",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="asked_again",
    )
    merged_into = models.ForeignKey(
        "self", on_delete=models.RESTRICT, null=True, blank=True, related_name="merged"
    )

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        ordering = ["meeting__number", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["board", "number"], name="recommendations_are_counted"
            ),
            models.CheckConstraint(
                condition=Q(support_count=None) | Q(support_count__gte=3),
                name="few_supporters_are_not_counted",
            ),
            models.CheckConstraint(
                condition=~Q(decision__in=["decline", "defer"]) | ~Q(reason=""),
                name="a_no_or_not_yet_says_why",
                violation_error_message=_("Say why."),
            ),
            models.CheckConstraint(
                condition=~Q(decision="defer")
                | Q(deferred_until__isnull=False, deferred_once=True),
                name="a_deferral_names_a_day",
            ),
            models.CheckConstraint(
                condition=Q(decision="", decided_at=None)
                | (~Q(decision="") & Q(decided_at__isnull=False)),
                name="a_decision_has_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None) | Q(answered_at__lte=F("decided_at")),
                name="the_first_answer_keeps_its_moment",
            ),
            models.CheckConstraint(
                condition=Q(verdict="", verdict_on=None)
                | (~Q(verdict="") & Q(verdict_on__isnull=False)),
                name="a_verdict_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(verdict="done"),
                name="only_the_members_verify",
            ),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into=None)),
                name="a_merged_one_says_into_which",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    def get_absolute_url(self) -> str:
        return reverse(
            "engagements:board-recommendation", args=[self.board_id, self.pk]
        )

    @property
    def is_answered(self) -> bool:
        """Said yes, no or not yet to; merged and withdrawn ones need no answer."""
        over = self.state in {self.State.MERGED, self.State.WITHDRAWN}
        return over or bool(self.decision)


class RecommendationPromiseQuerySet(models.QuerySet["RecommendationPromise"]):
    """Promises to boards, narrowed in the words of the business."""

    def owned_by(self, user: User) -> RecommendationPromiseQuerySet:
        """A person's own, while the person acts for the host."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        return self.filter(
            owner=standing.contact,
            recommendation__board__supplier=standing.organisation,
        )

    def with_owned(self) -> RecommendationPromiseQuerySet:
        """With `is_owned`: its owner still acts for the host. Anybody else could
        neither find it nor say that it is kept."""
        acting = Membership.objects.active().filter(
            still_there("contact__"),
            contact=OuterRef("owner"),
            contact__archived_at=None,
            contact__user__is_active=True,
            organisation=OuterRef("recommendation__board__supplier"),
        )
        return self.annotate(is_owned=Exists(acting.order_by()))

    def visible_to(self, user: User) -> RecommendationPromiseQuerySet:
        """Whoever reads the recommendation reads what was promised for it."""
        read = Recommendation.objects.visible_to(user).order_by()
        return self.filter(recommendation__in=read.values("pk"))


class RecommendationPromise(Row):
    """What the host promised the board: owner, measure, day first agreed.

    A table of its own: a commitment hangs on one relationship, and none of a board's
    may stand on a client's page.
    """

    recommendation = models.ForeignKey(
        Recommendation, on_delete=models.CASCADE, related_name="promises"
    )
    owner = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="promises_to_boards"
    )
    text = models.CharField(_("What we will do"), max_length=300)
    measure = models.CharField(_("How you will see it"), max_length=300)
    original_due_on = models.DateField()
    due_on = models.DateField(_("Due"))
    # Since when its owner has it, where somebody else had it before.
    given_on = models.DateField(null=True, blank=True)
    done_on = models.DateField(null=True, blank=True)

    # Of rows that were read `with_owned`.
    is_owned: bool

    objects = RecommendationPromiseQuerySet.as_manager()

    class Meta:
        ordering = ["original_due_on", "pk"]

    def __str__(self) -> str:
        return self.text
