"""That somebody is asked about a charter instead of who left, to the side of both.

The person who is asked now hears it with the question.
"""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from engagements.charters.mails import acceptance, asked_wanted
from engagements.models import Notice
from engagements.notices.kinds import Letter

PASSED = "charter-passed-on"


def wanted(notice: Notice) -> bool:
    """That person is still asked, and somebody else than the reader."""
    row = acceptance(notice)
    return (
        row is not None
        and row.contact_id != notice.recipient_id
        and asked_wanted(notice)
    )


def letter(notice: Notice) -> Letter:
    """Who is asked now, and where another is named."""
    row = acceptance(notice)
    assert row is not None  # noqa: S101 - asked just before
    relationship = row.charter.relationship
    words = {
        "pair": str(relationship),
        "name": row.contact.name,
        "organisation": getattr(relationship, row.side).name,
    }
    return Letter(
        _("Asked about the charter now: %(name)s, %(pair)s") % words,
        [
            _(
                "Whoever was asked for %(organisation)s is no longer there and has not "
                "answered. %(name)s is asked instead. If somebody else of your side "
                "should answer, press “Ask somebody else” on the page of the charter."
            )
            % words
        ],
        _("Open the charter"),
        settings.SITE_URL + reverse("engagements:charter", args=[relationship.pk]),
    )
