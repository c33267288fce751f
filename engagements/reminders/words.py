"""What each reminder says, and whether it is still wanted just before it goes."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from engagements.models import (
    Commitment,
    Contract,
    HealthReview,
    KeyDate,
    Notice,
    RelationshipSide,
)
from engagements.notices.kinds import Letter, about
from engagements.relationships.guards import Guard
from engagements.relationships.rhythm import silent
from engagements.reviews.causes import why
from engagements.wording import days_words, full_day, long_day


def absolute(path: str) -> str:
    """A page's whole address, as a mail needs it."""
    return f"{settings.SITE_URL}{path}"


def the_day(notice: Notice) -> date:
    """The day a reminder is about; every rule but the digest names one."""
    assert notice.day is not None  # noqa: S101 - see above
    return notice.day


def _left(day: date | None) -> str:
    count = (day - timezone.localdate()).days if day else 0
    return _("today") if count <= 0 else _("in %(days)s") % {"days": days_words(count)}


def _day(notice: Notice) -> str:
    return full_day(notice.day, timezone.localdate()) if notice.day else ""


def _contract(notice: Notice) -> Contract:
    return Contract.objects.select_related(
        "relationship__client", "relationship__supplier"
    ).get(pk=about(notice))


def notice_deadline_wanted(notice: Notice) -> bool:
    """The side's deadline is still that day, and nobody gave notice."""
    return (
        Contract.objects.live()
        .filter(
            pk=about(notice),
            notice_given_by="",
            alarm_counter=notice.counter,
            **{f"{notice.side}_act_by": notice.day},
        )
        .exists()
    )


def notice_deadline(notice: Notice) -> Letter:
    """The last working day to give notice comes near."""
    contract = _contract(notice)
    words = {
        "title": contract.title,
        "pair": str(contract.relationship),
        "day": _day(notice),
        "left": _left(notice.day),
    }
    after = _("If nobody gives notice, it goes on.")
    if contract.renewal != Contract.Renewal.TACIT and contract.current_end_on:
        after = _("It ends on %(day)s unless something is agreed.") % {
            "day": long_day(contract.current_end_on)
        }
    elif contract.next_end_on:
        after = _("If nobody gives notice, it renews to %(day)s.") % {
            "day": long_day(contract.next_end_on)
        }
    return Letter(
        _("Notice on %(title)s by %(day)s, %(left)s") % words,
        [
            _("The last working day to give notice on %(title)s (%(pair)s) is %(day)s.")
            % words,
            after,
        ],
        _("Open the contract"),
        absolute(contract.get_absolute_url()),
    )


def contract_end_wanted(notice: Notice) -> bool:
    """It still ends that day."""
    live = Contract.objects.live().filter(pk=about(notice))
    return live.filter(
        current_end_on=the_day(notice), alarm_counter=notice.counter
    ).exists()


def contract_end(notice: Notice) -> Letter:
    """A contract ends and does not renew by itself."""
    contract = _contract(notice)
    words = {
        "title": contract.title,
        "pair": str(contract.relationship),
        "day": _day(notice),
        "left": _left(notice.day),
    }
    return Letter(
        _("%(title)s ends on %(day)s, %(left)s") % words,
        [
            _("%(title)s (%(pair)s) ends on %(day)s. It does not renew by itself.")
            % words
        ],
        _("Open the contract"),
        absolute(contract.get_absolute_url()),
    )


def key_date_wanted(notice: Notice) -> bool:
    """The date still stands and nobody settled it."""
    dates = KeyDate.objects.filter(
        pk=about(notice), on=the_day(notice), settled_at=None
    )
    return dates.filter(contract__state__in=Contract.LIVE_STATES).exists()


def key_date(notice: Notice) -> Letter:
    """An option, a break or another day comes near."""
    row = KeyDate.objects.select_related("contract").get(pk=about(notice))
    words = {
        "title": row.title,
        "contract": row.contract.title,
        "day": _day(notice),
        "left": _left(notice.day),
    }
    return Letter(
        _("%(title)s by %(day)s, %(left)s") % words,
        [_("%(title)s of %(contract)s: the last day is %(day)s.") % words],
        _("Open the contract"),
        absolute(row.contract.get_absolute_url()),
    )


def commitment_wanted(notice: Notice) -> bool:
    """It is still open, and still due that day."""
    rows = Commitment.objects.open().filter(pk=about(notice))
    return rows.filter(due_on=the_day(notice)).exists()


def commitment_due(notice: Notice) -> Letter:
    """A promise comes due."""
    row = _promise(notice)
    words = {"text": row.text, "day": _day(notice), "pair": str(row.relationship)}
    return Letter(
        _("Due on %(day)s: %(text)s") % words,
        [_("“%(text)s”, promised on %(pair)s, is due on %(day)s.") % words],
        _("Open the promise"),
        absolute(row.get_absolute_url()),
    )


def commitment_overdue(notice: Notice) -> Letter:
    """A promise is late: the same words for both sides."""
    row = _promise(notice)
    words = {
        "text": row.text,
        "day": _day(notice),
        "pair": str(row.relationship),
        "name": row.owner.name,
    }
    return Letter(
        _("Late: %(text)s") % words,
        [
            _("“%(text)s”, promised on %(pair)s, was due on %(day)s.") % words,
            _("%(name)s owns it. Say when it will be done, or that it is.") % words,
        ],
        _("Open the promise"),
        absolute(row.get_absolute_url()),
    )


def _promise(notice: Notice) -> Commitment:
    return Commitment.objects.select_related(
        "owner", "relationship__client", "relationship__supplier"
    ).get(pk=about(notice))


def review_wanted(notice: Notice) -> bool:
    """It is still planned for that day."""
    rows = HealthReview.objects.planned().filter(pk=about(notice))
    return rows.filter(opens_on=the_day(notice)).exists()


def review_prepare(notice: Notice) -> Letter:
    """A planned review opens soon."""
    row = HealthReview.objects.select_related(
        "relationship__client", "relationship__supplier"
    ).get(pk=about(notice))
    words = {
        "form": row.get_form_display(),
        "pair": str(row.relationship),
        "day": _day(notice),
    }
    return Letter(
        _("%(form)s of %(pair)s on %(day)s") % words,
        [_named(row, words)],
        _("Open the calendar"),
        absolute(reverse("engagements:reviews")),
    )


def _named(row: HealthReview, words: dict[str, str]) -> str:
    cause = why(row.cause, row.caused_on)
    if cause:
        said = _("It is planned %(why)s, the same for both sides. Check the date.")
        return said % {"why": cause}
    said = _("The calendar names %(day)s for the next health review. Check the date.")
    return said % words


def silence_wanted(notice: Notice) -> bool:
    """Nobody has spoken with them since."""
    return RelationshipSide.objects.filter(
        silent(timezone.localdate()),
        pk=about(notice),
        relationship__archived_at=None,
    ).exists()


def silence(notice: Notice) -> Letter:
    """No contact for longer than the rhythm; says since when."""
    row = RelationshipSide.objects.select_related(
        "relationship__client", "relationship__supplier"
    ).get(pk=about(notice))
    since = date.fromisoformat(notice.facts["since"])
    words = {"pair": str(row.relationship), "day": long_day(since)}
    return Letter(
        _("Silent since %(day)s: %(pair)s") % words,
        [
            _("Nobody has spoken with %(pair)s within the rhythm, since %(day)s.")
            % words
        ],
        _("Open the relationship"),
        absolute(row.relationship.get_absolute_url()),
    )


def handover_wanted(notice: Notice) -> bool:
    """Whoever follows has not spoken to the other side yet."""
    row = RelationshipSide.objects.filter(pk=about(notice), archived=False).first()
    return row is not None and row.side in row.guard_facts.get(Guard.HANDOVER, {})


def handover(notice: Notice) -> Letter:
    """The own interface person left: what is open, and where it stands."""
    row = RelationshipSide.objects.select_related(
        "relationship__client", "relationship__supplier"
    ).get(pk=about(notice))
    words = {
        "pair": str(row.relationship),
        "day": _day(notice),
        "name": row.guard_facts[Guard.HANDOVER][row.side]["left"],
    }
    return Letter(
        _("Handover: %(pair)s") % words,
        [
            _(
                "%(name)s was interface person of %(pair)s until %(day)s. Open "
                "promises, next dates and the tone of late are on one page."
            )
            % words
        ],
        _("Open the handover"),
        absolute(reverse("engagements:handover", args=[row.relationship_id])),
    )
