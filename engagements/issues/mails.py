"""What each side is asked and told about an issue, with a link that needs no sign-in.

Called inside the transaction that causes it. What goes to both says the same to both.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from engagements.issues import links
from engagements.models import IssueSide, JointIssue, Notice
from engagements.notices.kinds import Letter, about
from engagements.notices.ledger import Owed
from engagements.relationships.speakers import ledgers

ACCOUNT = "issue-account"
REVEALED = "issue-revealed"
FACTS = "issue-facts"
CLOSING = "issue-closing"
CHECK = "issue-check"
DIFFER = "issue-differ"

_State = JointIssue.State
_SUBJECTS: dict[str, str | Promise] = {
    ACCOUNT: gettext_lazy("Your side's account is asked: %(title)s"),
    REVEALED: gettext_lazy("Both accounts are there: %(title)s"),
    FACTS: gettext_lazy("Are these the facts? %(title)s"),
    CLOSING: gettext_lazy("Closing to confirm: %(title)s"),
    CHECK: gettext_lazy("Has it come back? %(title)s"),
    DIFFER: gettext_lazy("Back or not? %(title)s"),
}
_WORDS: dict[str, str | Promise] = {
    ACCOUNT: gettext_lazy(
        "A joint issue of %(pair)s is open. Each side writes what it saw, alone; both "
        "accounts are shown together once both are there. Please write the account of "
        "%(organisation)s."
    ),
    REVEALED: gettext_lazy(
        "Both sides of %(pair)s have written their accounts, and both can read them "
        "now. Next, agree on the facts."
    ),
    FACTS: gettext_lazy(
        "The facts of a joint issue of %(pair)s were put into words. Does "
        "%(organisation)s agree to them?"
    ),
    CLOSING: gettext_lazy(
        "The other side would close a joint issue of %(pair)s. Does %(organisation)s "
        "agree? Without an answer within ten business days it closes as unconfirmed."
    ),
    CHECK: gettext_lazy(
        "A joint issue of %(pair)s was closed. Has the same problem come back since?"
    ),
    DIFFER: gettext_lazy(
        "The two sides of %(pair)s answer differently: one says that the problem has "
        "come back, the other that it has not. It counts as come back as soon as one "
        "side says so. Both sides get this same mail: please talk about what you see."
    ),
}
_BUTTONS: dict[str, str | Promise] = {
    ACCOUNT: gettext_lazy("Write the account"),
    REVEALED: gettext_lazy("Read both accounts"),
    FACTS: gettext_lazy("Look and answer"),
    CLOSING: gettext_lazy("Look and answer"),
    CHECK: gettext_lazy("Answer"),
    DIFFER: gettext_lazy("Look at both answers"),
}


def owed(
    issue: JointIssue,
    kind: str,
    seats: Iterable[IssueSide],
    *,
    threshold: int = 0,
    counter: int = 0,
) -> Iterator[Owed]:
    """The message to whoever speaks for each of these sides."""
    places = ledgers(issue.relationship)
    for seat in seats:
        yield Owed(
            kind=kind,
            recipient=seat.contact_id,
            organisation=places[seat.side],
            lane=Notice.Lane.ORDINARY,
            relationship=issue.relationship_id,
            object_id=seat.pk,
            side=seat.side,
            threshold=threshold,
            counter=counter,
        )


def wanted(notice: Notice) -> bool:
    """What it asks is still to do, in the same round, by the same person."""
    seat = IssueSide.objects.select_related("issue").get(pk=about(notice))
    issue = seat.issue
    if seat.contact_id != notice.recipient_id:
        return False
    open_now = {
        ACCOUNT: issue.state == _State.ACCOUNTS and seat.account_at is None,
        REVEALED: issue.state == _State.FACTS,
        FACTS: issue.state == _State.FACTS
        and notice.counter == issue.facts_round != seat.agreed_round,
        CLOSING: issue.state == _State.CLOSING
        and notice.counter == issue.closing_round
        and seat.side != issue.closing_side,
        CHECK: issue.state in (_State.CLOSED, _State.UNCONFIRMED)
        and not seat.check_answer,
        DIFFER: True,
    }
    return open_now[notice.kind]


def letter(notice: Notice) -> Letter:
    """The question and the link behind which it is answered."""
    seat = IssueSide.objects.select_related(
        "contact", "issue__relationship__client", "issue__relationship__supplier"
    ).get(pk=about(notice))
    issue = seat.issue
    words = {
        "title": issue.title,
        "pair": str(issue.relationship),
        "organisation": getattr(issue.relationship, seat.side).name,
    }
    signed_in = settings.SITE_URL + issue.get_absolute_url()
    return Letter(
        str(_SUBJECTS[notice.kind]) % words,
        [
            str(_WORDS[notice.kind]) % words,
            _("The link needs no sign-in and is for %(organisation)s alone.") % words,
        ],
        str(_BUTTONS[notice.kind]),
        links.address(seat),
        ((_("Or signed in"), signed_in),) if seat.contact.user_id else (),
    )
