"""Advisory boards of a supplier: who sits, on what charter. The host reads these rows.

What is said in the room is never here: that is `rooms`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from engagements.models.base import Row
from engagements.models.last_days import still_there
from engagements.models.neutrality import signs_in_for, works_for
from engagements.models.parties import Organisation
from engagements.models.people import Contact
from engagements.models.standing import standing_of

if TYPE_CHECKING:
    from datetime import date

    from django.contrib.auth.models import AnonymousUser

    from accounts.models import User


class BoardQuerySet(models.QuerySet["Board"]):
    """Boards, narrowed in the words of the business."""

    def hosted_by(self, user: User) -> BoardQuerySet:
        """Those of the own organisation, for its executives and administrators."""
        standing = standing_of(user)
        if standing is None or not standing.reads_everything:
            return self.none()
        return self.filter(supplier=standing.organisation)

    def seating(self, user: User) -> BoardQuerySet:
        """Those on which the person sits today and acts for nobody of the host; what
        an archived one released stays readable."""
        mine = BoardSeat.objects.current().neutral().of(user)
        mine = mine.filter(board=OuterRef("pk"))
        return self.filter(Exists(mine))

    def visible_to(self, user: User) -> BoardQuerySet:
        """Boards one hosts, and boards one sits on; colleagues of a member see none."""
        hosted, seated = self.hosted_by(user), self.seating(user)
        keys = Q(pk__in=hosted.order_by().values("pk")) | Q(
            pk__in=seated.order_by().values("pk")
        )
        return self.filter(keys)


class Board(Row):
    """A supplier's advisory board: client organisations, one person each."""

    class Attribution(models.TextChoices):
        UNATTRIBUTED = "unattributed", _("Nobody's name stands beside what is said")
        NAMED = "named", _("Whoever says something may put the name beside it")

    supplier = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="boards"
    )
    name = models.CharField(_("Name of the board"), max_length=150)
    facilitator = models.ForeignKey(
        Contact, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Told to the members.
    facilitator_paid_by = models.CharField(_("Paid by"), max_length=200, blank=True)
    facilitator_formerly = models.CharField(
        _("Formerly worked for"), max_length=200, blank=True
    )
    term_months = models.PositiveSmallIntegerField(
        _("Length of a term in months"), default=24
    )
    attribution = models.CharField(
        _("Names in the room"),
        max_length=12,
        choices=Attribution,
        default=Attribution.UNATTRIBUTED,
    )
    founded_by = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)

    objects = BoardQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(term_months__gte=1), name="a_term_has_a_length"
            ),
            models.UniqueConstraint(
                fields=["supplier", "name"],
                condition=Q(archived_at=None),
                name="a_host_names_its_boards_apart",
                violation_error_message=_("There is a board of this name already."),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("engagements:board", args=[self.pk])


# The person's entry says what it said when the link went out.
_AS_INVITED = still_there("contact__") & Q(
    contact__archived_at=None, address=F("contact__email")
)


class BoardSeatQuerySet(models.QuerySet["BoardSeat"]):
    """Seats, narrowed in the words of the business."""

    def current(self, on: date | None = None) -> BoardSeatQuerySet:
        """Invited, within the term, not ended, of a person still there, as invited.

        The entries of an organisation nobody has claimed are the host's to write, or
        somebody else's: what they say by now ends no sitting.
        """
        day = on or timezone.localdate()
        held = self.filter(invited_on__isnull=False, ended_on=None, from_on__lte=day)
        held = held.filter(Q(to_on=None) | Q(to_on__gt=day))
        # Whose sign-in was switched off has left, whatever the contact says.
        there = _AS_INVITED & ~Q(contact__user__is_active=False)
        return held.filter(Q(contact__organisation__claimed_at=None) | there)

    def neutral(self) -> BoardSeatQuerySet:
        """Of people who do not act for the host today, whatever they did before.

        A sign-in tells; what somebody wrote into a list of people does not, or the
        host could shut a member's door by it.
        """
        theirs = Q(contact__organisation=F("supplier"))
        return self.filter(~theirs, ~signs_in_for("contact", "address", "supplier"))

    def reached(self, on: date | None = None) -> BoardSeatQuerySet:
        """Those whom mail still reaches at the address their link went to."""
        return self.current(on).neutral().filter(_AS_INVITED)

    def with_listed(self) -> BoardSeatQuerySet:
        """With `listed`: whether the host has the person, or the address, among its
        own people, with or without a sign-in."""
        entered = works_for("contact", "contact__email", "supplier")
        invited = works_for("contact", "address", "supplier")
        return self.annotate(listed=Q(entered) | Q(invited))

    def of(self, user: User | AnonymousUser) -> BoardSeatQuerySet:
        """A signed-in person's: whose sign-in is the address the link went to.

        Whoever keeps the entry of a person could join it to a sign-in of their own;
        that address they cannot read. An operator has none.
        """
        if user.pk is None or user.is_staff or user.is_superuser:
            return self.none()
        return self.filter(address__iexact=user.email)

    def members(self) -> BoardSeatQuerySet:
        return self.filter(role=BoardSeat.Role.MEMBER)

    def proposed(self) -> BoardSeatQuerySet:
        """Put forward by the host; the facilitator has not invited them."""
        return self.filter(invited_on=None, ended_on=None)


class BoardSeat(Row):
    """Who sits on a board, for which organisation, from when to when.

    It carries copies of both organisations, so that the database itself can refuse
    the host a seat. Nothing here tells whether the person was ever in the room.
    """

    class Role(models.TextChoices):
        MEMBER = "member", _("Member")
        FACILITATOR = "facilitator", _("Facilitator")

    board = models.ForeignKey(Board, on_delete=models.CASCADE, related_name="seats")
    supplier = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, related_name="+"
    )
    # Whose member it is; nobody's for the facilitator.
    organisation = models.ForeignKey(
        Organisation, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.PROTECT, related_name="board_seats"
    )
    role = models.CharField(max_length=11, choices=Role, default=Role.MEMBER)
    is_chair = models.BooleanField(default=False)
    # Without this day the host has only put the person forward.
    invited_on = models.DateField(null=True, blank=True)
    from_on = models.DateField(_("From"))
    # The first day after the term; a facilitator's has no end.
    to_on = models.DateField(_("Until"), null=True, blank=True)
    renewed = models.BooleanField(default=False)
    ended_on = models.DateField(null=True, blank=True)
    # Where the link went. Whoever keeps the person's entry, the host perhaps, may write
    # another address into it: no mail follows it there.
    address = models.EmailField(blank=True)
    # A new version closes every earlier link.
    version = models.PositiveSmallIntegerField(default=1)

    # In rows of `with_listed` alone.
    listed: bool

    objects = BoardSeatQuerySet.as_manager()

    class Meta:
        ordering = ["role", "from_on", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(organisation=None) | ~Q(organisation=F("supplier")),
                name="the_host_has_no_seat",
                violation_error_message=_("The host has no seat on its own board."),
            ),
            models.CheckConstraint(
                condition=Q(role="member", organisation__isnull=False)
                | Q(role="facilitator", organisation=None),
                name="a_member_sits_for_an_organisation",
            ),
            models.CheckConstraint(
                condition=Q(is_chair=False) | Q(role="member"),
                name="the_chair_is_a_member",
            ),
            models.CheckConstraint(
                condition=Q(role="facilitator")
                | Q(to_on__isnull=False, to_on__gt=F("from_on")),
                name="a_member_s_term_ends",
            ),
            models.UniqueConstraint(
                fields=["board", "organisation"],
                condition=Q(ended_on=None),
                name="one_seat_an_organisation",
                violation_error_message=_(
                    "This organisation already has its seat on the board."
                ),
            ),
            models.UniqueConstraint(
                fields=["board"],
                condition=Q(role="facilitator", ended_on=None),
                name="one_facilitator_a_board",
            ),
            models.UniqueConstraint(
                fields=["board"],
                condition=Q(is_chair=True, ended_on=None),
                name="one_chair_a_board",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contact_id} {self.role}"

    @property
    def is_facilitator(self) -> bool:
        """Leads the board, sits for nobody."""
        return self.role == self.Role.FACILITATOR

    @property
    def leads(self) -> bool:
        """Facilitator or chair: invites, plans, moves the meeting on."""
        return self.is_facilitator or self.is_chair
