"""Kinds of messages about what one side asked the other for by a mailed link."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from engagements.charters import mirror_mails
from engagements.commitments import mails as promises
from engagements.notices.kinds import Kind

ABOUT_ASKING = (
    Kind(
        promises.ASKED,
        _("Promise asked of our side"),
        promises.asked,
        promises.asked_wanted,
        transactional=True,
    ),
    Kind(
        promises.ANSWERED,
        _("Answer to a promise we asked for"),
        promises.answered,
        promises.answered_wanted,
    ),
    Kind(
        promises.SILENT,
        _("No answer to a promise we asked for"),
        promises.silent,
        promises.silent_wanted,
    ),
    Kind(
        mirror_mails.ASKED,
        _("Our part of values and abilities"),
        mirror_mails.letter,
        mirror_mails.wanted,
        transactional=True,
    ),
    Kind(
        mirror_mails.SILENT,
        _("No part of values and abilities of the other side"),
        mirror_mails.silent,
        mirror_mails.silent_wanted,
    ),
)
