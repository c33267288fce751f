"""The first organisation of an installation."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from engagements.errors import RuleError
from engagements.models import Contact, Membership, Organisation, Sweep
from engagements.parties.actions.contacts import index_contact
from engagements.parties.actions.organisations import index_organisation
from engagements.search import name_key


@transaction.atomic
def start_with_organisation(
    *,
    organisation: str,
    name: str,
    email: str,
    password: str,
    usual_side: str,
    time_zone: str,
    currency: str,
) -> User:
    """Open the installation with its first organisation and its administrator.

    Raises RuleError when somebody else was first.
    """
    _be_first()
    if User.objects.filter(email__iexact=email).exists():
        raise RuleError(_("This e-mail address already signs in."), field="email")
    first = Organisation.objects.create(
        name=" ".join(organisation.split()),
        name_key=name_key(organisation),
        usual_side=usual_side,
        time_zone=time_zone,
        reporting_currency=currency,
        claimed_at=timezone.now(),
    )
    user = User.objects.create_user(email, password, name=name, time_zone=time_zone)
    EmailAddress.objects.create(
        user=user, email=user.email, verified=True, primary=True
    )
    contact = Contact.objects.create(
        organisation=first, user=user, name=name, email=user.email
    )
    Membership.objects.create(
        contact=contact,
        organisation=first,
        role=Membership.Role.ADMINISTRATOR,
    )
    index_organisation(first)
    index_contact(contact)
    return user


def _be_first() -> None:
    taken = RuleError(_("This installation already has an organisation. Sign in."))
    if Organisation.objects.filter(demo=False).exists():
        raise taken
    try:
        # The unique key decides between two people who start at the same moment.
        with transaction.atomic():
            Sweep.objects.create(key="first-organisation", finished_at=timezone.now())
    except IntegrityError as error:
        raise taken from error
