"""Ideas from either side of a relationship, and what the other side said to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.people import Contact
from engagements.models.relationships import Relationship
from engagements.models.standing import readable, standing_of

if TYPE_CHECKING:
    from accounts.models import User


class IdeaQuerySet(models.QuerySet["Idea"]):
    """Ideas, narrowed in the words of the business."""

    def visible_to(self, user: User) -> IdeaQuerySet:
        """Those of visible relationships: the same for both sides."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        relationships = Relationship.objects.order_by().filter(readable(standing))
        return self.filter(relationship__in=relationships.values("pk"))


class Idea(Row):
    """What one side would have both do differently; the other side answers first."""

    class State(models.TextChoices):
        OPEN = "open", _("No answer yet")
        LATER = "later", _("Later")
        TRIED = "tried", _("Being tried")
        KEPT = "kept", _("Tried and kept")
        STOPPED = "stopped", _("Tried and stopped")
        DECLINED = "declined", _("Declined")
        WITHDRAWN = "withdrawn", _("Withdrawn")

    # It waits for the other side.
    WAITING = (State.OPEN, State.LATER)
    # It was tried, however it ended.
    TRIED = (State.TRIED, State.KEPT, State.STOPPED)

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="ideas"
    )
    # Whom it comes from.
    side = models.CharField(max_length=8, choices=Side)
    title = models.CharField(_("Idea"), max_length=150)
    text = models.TextField(_("What it would change"), blank=True)
    given_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField()
    state = models.CharField(max_length=9, choices=State, default=State.OPEN)
    # Who of the other side is mailed; a new version closes every earlier link.
    asked = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="asked_about_ideas"
    )
    version = models.PositiveSmallIntegerField(default=1)
    # Since when this person is; who was asked before passed it on.
    asked_on = models.DateField()
    passed_by = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The first reasoned answer, whichever it was.
    answered_on = models.DateField(null=True, blank=True)
    # What was said with the last answer.
    reason = models.CharField(_("Reason"), max_length=300, blank=True)
    later_until = models.DateField(_("Look again on"), null=True, blank=True)
    try_from = models.DateField(_("From"), null=True, blank=True)
    try_owner = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(_("What came of it"), max_length=300, blank=True)

    objects = IdeaQuerySet.as_manager()

    class Meta:
        ordering = ["-given_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["declined", "later"]) | ~Q(reason=""),
                name="an_idea_is_put_off_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="later") | Q(later_until__isnull=False),
                name="later_has_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["tried", "kept", "stopped"])
                | Q(try_from__isnull=False, try_owner__isnull=False),
                name="what_is_tried_has_a_day_and_an_owner",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "withdrawn"])
                | Q(answered_on__isnull=False),
                name="an_answered_idea_says_since_when",
            ),
        ]
        indexes = [models.Index(fields=["relationship", "side", "state"])]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("engagements:idea", args=[self.pk])

    @property
    def other(self) -> Side:
        """The side that answers."""
        return Side(self.side).other

    @property
    def days_to_answer(self) -> int | None:
        """Days until the first reasoned answer; None until there is one."""
        return (self.answered_on - self.given_on).days if self.answered_on else None
