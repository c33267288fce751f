"""Relationships that wait for the own organisation's answer."""

import pytest
from django.urls import reverse

from engagements.models import Notice, standing_of
from engagements.relationships import mails
from engagements.relationships.actions import accept_relationship, create_relationship
from tests.factories import MembershipFactory

pytestmark = pytest.mark.django_db


def url(name, row, *more):
    return reverse(f"engagements:{name}", args=[row.pk, *more])


@pytest.fixture
def proposal(by):
    """A relationship another organisation keeps with the own one."""
    them = standing_of(MembershipFactory().contact.user)
    return create_relationship(
        by=them, client=them.organisation, supplier=by.organisation
    )


def test_a_proposal_is_not_a_relationship_until_it_is_accepted(signed_in, by, proposal):
    assert signed_in.get(url("relationship-people", proposal)).status_code == 404
    assert proposal.client.name in signed_in.get("/proposals/").content.decode()

    response = signed_in.post(url("proposal-accept", proposal))

    assert response["Location"] == url("relationship-people", proposal)
    assert signed_in.get(url("relationship-people", proposal)).status_code == 200
    assert signed_in.post(url("proposal-accept", proposal)).status_code == 404


def test_a_declined_proposal_leaves_no_trace_on_the_own_side(signed_in, proposal):
    response = signed_in.post(url("proposal-decline", proposal), {"reason": "Ended"})

    assert response["Location"] == "/proposals/"
    assert b"Nothing waits for an answer" in signed_in.get("/proposals/").content
    assert signed_in.get(url("relationship-people", proposal)).status_code == 404


def test_a_reason_too_long_is_refused_with_its_words(signed_in, proposal):
    said = {"reason": "x" * 501}

    refused = signed_in.post(url("proposal-decline", proposal), said)

    assert refused.status_code == 422
    assert "500 characters at most, these are 501" in refused.text
    assert said["reason"] in refused.text
    proposal.refresh_from_db()
    assert proposal.proposed_to == "supplier"


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_only_administrators_of_the_asked_side_answer(
    client, membership, proposal, answer
):
    page = url(f"proposal-{answer}", proposal)
    executive = MembershipFactory(
        organisation=membership.organisation, role="executive"
    )
    for person, status in ((MembershipFactory(), 404), (executive, 403)):
        client.force_login(person.contact.user)
        assert client.post(page).status_code == status
    proposal.refresh_from_db()
    assert proposal.proposed_to == "supplier"


@pytest.mark.parametrize("size", [1, 3])
def test_proposals_have_a_fixed_number_of_queries(
    signed_in, by, size, django_assert_num_queries
):
    for _each in range(size):
        them = standing_of(MembershipFactory().contact.user)
        create_relationship(by=them, client=them.organisation, supplier=by.organisation)

    with django_assert_num_queries(4):
        response = signed_in.get("/proposals/")

    assert len(response.context["proposals"]) == size


def test_administrators_of_the_asked_side_are_told_until_it_is_answered(
    by, membership, proposal
):
    notice = Notice.objects.get(kind=mails.PROPOSAL)

    assert notice.recipient == by.contact
    assert notice.organisation == by.organisation
    assert mails.proposal_still_wanted(notice)
    letter = mails.proposal_letter(notice)
    assert proposal.client.name in letter.subject
    assert letter.url.endswith("/proposals/")

    accept_relationship(by=by, relationship=proposal)

    assert not mails.proposal_still_wanted(notice)


def test_who_declined_can_be_asked_again(signed_in, by, client, proposal):
    them = standing_of(
        MembershipFactory(
            organisation=proposal.client, role="administrator"
        ).contact.user
    )
    signed_in.post(url("proposal-decline", proposal), {"reason": "Not now"})
    client.force_login(them.contact.user)
    page = client.get(url("relationship-people", proposal)).content.decode()
    assert "Has declined." in page

    client.post(url("proposal-again", proposal))

    proposal.refresh_from_db()
    assert proposal.proposed_to == "supplier"
    assert Notice.objects.filter(kind=mails.PROPOSAL, recipient=by.contact).exists()
    shown = client.get(url("relationship", proposal)).content.decode()
    assert "not yet accepted" in shown
    # Nobody is asked twice for one answer.
    again = client.post(url("proposal-again", proposal), follow=True)
    assert "Nobody of the other side can be asked now." in again.content.decode()
    notices = Notice.objects.filter(kind=mails.PROPOSAL)
    assert list(notices.order_by("counter").values_list("counter", flat=True)) == [0, 1]

    client.force_login(by.contact.user)
    assert client.post(url("proposal-accept", proposal)).status_code == 302
