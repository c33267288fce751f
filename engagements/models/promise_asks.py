"""Promises one side wrote down for the other, which are none until it says yes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row, Side
from engagements.models.commitments import Commitment
from engagements.models.parties import Organisation
from engagements.models.people import Contact
from engagements.models.relationships import Relationship
from engagements.models.standing import readable, standing_of

if TYPE_CHECKING:
    from accounts.models import User


class PromiseAskQuerySet(models.QuerySet["PromiseAsk"]):
    """What was asked, narrowed in the words of the business."""

    def visible_to(self, user: User) -> PromiseAskQuerySet:
        """Both sides read what one asked of the other, on visible relationships."""
        standing = standing_of(user)
        if standing is None:
            return self.none()
        relationships = Relationship.objects.order_by().filter(readable(standing))
        return self.filter(relationship__in=relationships.values("pk"))

    def waiting(self) -> PromiseAskQuerySet:
        """Neither answered nor taken back."""
        return self.filter(answer=PromiseAsk.Answer.NONE, taken_back_on=None)


class PromiseAsk(Row):
    """Asked of the side whose promise it would be; its yes makes the promise.

    Until then it stands in no list of promises, and so in no rate. Where nobody can be
    reached it is only noted: `asked` is nobody.
    """

    class Answer(models.TextChoices):
        NONE = "", _("No answer yet")
        YES = "yes", _("Promised")
        NO = "no", _("Not promised")

    relationship = models.ForeignKey(
        Relationship, on_delete=models.CASCADE, related_name="promise_asks"
    )
    # Whose promise it would be.
    side = models.CharField(max_length=8, choices=Side)
    owner = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="+", verbose_name=_("Owner")
    )
    text = models.CharField(_("Promise"), max_length=300)
    measure = models.CharField(_("Measure"), max_length=300, blank=True)
    due_on = models.DateField(_("Due on"))
    origin_kind = models.CharField(
        max_length=12, choices=Commitment.Origin, default=Commitment.Origin.DIRECT
    )
    origin_id = models.UUIDField(null=True, blank=True, db_index=True)
    # Who of the other side wrote it down, and for whom.
    asked_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="+"
    )
    # Who is mailed; a new version closes every earlier link.
    asked = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveSmallIntegerField(default=1)
    asked_on = models.DateField()
    answer = models.CharField(
        max_length=3, choices=Answer, blank=True, default=Answer.NONE
    )
    reason = models.CharField(max_length=300, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    taken_back_on = models.DateField(null=True, blank=True)
    commitment = models.OneToOneField(
        Commitment,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="asked_as",
    )

    objects = PromiseAskQuerySet.as_manager()

    class Meta:
        ordering = ["asked_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(answer="no") | ~Q(reason=""),
                name="a_promise_is_refused_with_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(answer="yes", commitment__isnull=False)
                | ~Q(answer="yes") & Q(commitment=None),
                name="a_yes_makes_the_promise",
            ),
            models.CheckConstraint(
                condition=Q(answer="") | Q(taken_back_on=None, asked__isnull=False),
                name="only_what_is_asked_is_answered",
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def is_waiting(self) -> bool:
        """Neither answered nor taken back."""
        return not self.answer and self.taken_back_on is None

    @property
    def place(self) -> Organisation:
        """The organisation whose promise it would be."""
        return getattr(self.relationship, self.side)
