"""A message as mail: plain text and HTML, with the headers a fair sender sets."""

from __future__ import annotations

import uuid
from functools import cache
from typing import Any

from django.conf import settings
from django.core import signing
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse

from engagements.models import Notice
from engagements.notices.kinds import Kind, Letter

_SALT = "engagements.notices.unsubscribe"


def mail(notice: Notice, kind: Kind, letter: Letter) -> EmailMultiAlternatives:
    """The mail of a message. Raises ValueError for an address with a line break."""
    unsubscribe = "" if kind.transactional else unsubscribe_url(notice)
    words = {
        "letter": letter,
        "organisation": notice.organisation.name,
        "unsubscribe": unsubscribe,
    }
    message = EmailMultiAlternatives(
        subject=" ".join(letter.subject.split()),
        body=render_to_string("mail/notice.txt", words),
        to=[notice.recipient.email],
        headers=_headers(notice, kind, unsubscribe),
    )
    message.attach_alternative(
        inlined(render_to_string("mail/notice.html", words)), "text/html"
    )
    return message


def _headers(notice: Notice, kind: Kind, unsubscribe: str) -> dict[str, str]:
    headers = {"Message-ID": notice.message_id, "Auto-Submitted": "auto-generated"}
    if not kind.transactional:
        host = settings.SITE_URL.partition("://")[2].partition(":")[0]
        headers["List-Id"] = f"Relman {kind.name} <{kind.name}.{host}>"
        headers["List-Unsubscribe"] = f"<{unsubscribe}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def inlined(html: str) -> str:
    """The style sheet moved into the elements: mail programs read no other."""
    return _inliner().inline(html)


@cache
def _inliner() -> Any:
    # Late: only a worker writes mails; a web process need not carry it.
    from css_inline import CSSInliner  # noqa: PLC0415 - see above

    return CSSInliner(load_remote_stylesheets=False)


def unsubscribe_url(notice: Notice) -> str:
    """The address at which this person stops mails of this kind."""
    value = f"{notice.recipient_id}/{notice.kind}"
    token = signing.Signer(salt=_SALT, sep=".").sign(value).replace("/", "~")
    return f"{settings.SITE_URL}{reverse('engagements:unsubscribe', args=[token])}"


def read_unsubscribe(token: str) -> tuple[uuid.UUID, str] | None:
    """(contact, kind) of a token; None for every reason it may not open."""
    try:
        signed = token.replace("~", "/")
        value = signing.Signer(salt=_SALT, sep=".").unsign(signed)
        contact, _slash, kind = value.partition("/")
        return uuid.UUID(contact), kind
    except (signing.BadSignature, ValueError):
        return None
