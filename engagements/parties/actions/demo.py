"""Taking the demo away in one act."""

from __future__ import annotations

from functools import partial

from django.apps import apps
from django.core.files.storage import Storage
from django.db import connection, models, transaction
from django.db.models import Q

from accounts.models import User
from accounts.sessions import end_sessions
from engagements.models import (
    Absence,
    Board,
    Change,
    ChangeSet,
    Charter,
    Commitment,
    Contact,
    Contract,
    ContractDocument,
    Draft,
    ExchangeRate,
    Goal,
    HealthReview,
    ImportProfile,
    ImportRun,
    InstrumentVersion,
    Interaction,
    Invitation,
    IssueSide,
    IssueStep,
    JointIssue,
    Meeting,
    Membership,
    Mirror,
    Notice,
    NoticePreference,
    Organisation,
    OrganisationAlias,
    OrganisationDay,
    OrganisationIdentifier,
    Relationship,
    ReviewConversation,
    SearchEntry,
    Step,
)

# Rows go before those they are found through; the database checks all references at
# the end of the transaction.
_BY_ORGANISATION = (
    Notice,
    Change,
    Commitment,
    Step,
    ImportRun,
    ImportProfile,
    InstrumentVersion,
    Invitation,
    Membership,
    ExchangeRate,
    OrganisationAlias,
    OrganisationDay,
    OrganisationIdentifier,
)


@transaction.atomic
def remove_demo() -> int:
    """Delete every demo organisation and all that hangs on it; returns how many.

    Demo people can no longer sign in; other organisations keep every row.
    """
    _count_rows_anew()
    documents = ContractDocument.objects.filter(relationship__client__demo=True)
    files = [(row.file.storage, str(row.file.name)) for row in documents.only("file")]
    transaction.on_commit(partial(_delete_files, files))
    users = User.objects.filter(contact__organisation__demo=True)
    for user in users:
        end_sessions(user)
    user_ids = list(users.values_list("pk", flat=True))
    count = Organisation.objects.filter(demo=True).count()
    Board.objects.filter(supplier__demo=True).delete()
    for rows in _demo_rows():
        _delete_without_asking(rows)
    User.objects.filter(pk__in=user_ids).delete()
    # What comes with the application is written again on its next use.
    InstrumentVersion.objects.filter(organisation=None, reviews=None).delete()
    return count


def _count_rows_anew() -> None:
    """Let PostgreSQL know how much its tables hold.

    A demo written a moment ago is not in its figures yet: it takes the tables for
    empty, and the way it then chooses through a few hundred rows has taken minutes.
    """
    if connection.vendor != "postgresql":
        return
    ours = apps.get_app_config("engagements").get_models()
    tables = sorted({connection.ops.quote_name(one._meta.db_table) for one in ours})
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {', '.join(tables)}")


def _demo_rows() -> list[models.QuerySet]:
    """All rows of the demo, those that others are found through last.

    The demo has hundreds of relationships and reviews: their keys are read once. Found
    anew for every table, through tables filled a moment ago, they made a database
    without figures about them choose ways that took minutes.
    """
    demo = Q(client__demo=True) | Q(supplier__demo=True)
    relationships = _read_once(Relationship.objects.filter(demo))
    ours = Q(relationship__in=relationships.values("pk"))
    entries = SearchEntry.objects.filter(Q(organisation__demo=True) | ours)
    contracts = Contract.objects.filter(ours)
    interactions = Interaction.objects.filter(ours)
    meetings = Meeting.objects.filter(ours)
    return [
        *_hanging_on(entries),
        entries,
        *_hanging_on(contracts),
        ContractDocument.objects.filter(ours),
        *_hanging_on(interactions),
        *(model.objects.filter(organisation__demo=True) for model in _BY_ORGANISATION),
        *_hanging_on(meetings),
        meetings,
        interactions,
        contracts,
        *_of_reviews(_read_once(HealthReview.objects.filter(ours))),
        *_of_charters(ours),
        *_of_issues(_read_once(JointIssue.objects.filter(ours))),
        *_hanging_on(relationships),
        Draft.objects.filter(user__contact__organisation__demo=True),
        Absence.objects.filter(contact__organisation__demo=True),
        NoticePreference.objects.filter(contact__organisation__demo=True),
        relationships,
        Contact.objects.filter(organisation__demo=True),
        ChangeSet.objects.filter(organisation__demo=True),
        Organisation.objects.filter(demo=True),
    ]


def _read_once(rows: models.QuerySet) -> models.QuerySet:
    """The same rows, found by their keys from now on."""
    keys = list(rows.order_by().values_list("pk", flat=True))
    return rows.model.objects.order_by().filter(pk__in=keys)


def _of_charters(ours: Q) -> list[models.QuerySet]:
    return [
        rows
        for model in (Charter, Mirror, Goal)
        for rows in _hanging_on(model.objects.filter(ours))
    ]


def _of_reviews(reviews: models.QuerySet) -> list[models.QuerySet]:
    conversations = ReviewConversation.objects.filter(review__in=reviews.values("pk"))
    return [*_hanging_on(conversations), *_hanging_on(reviews), reviews]


def _of_issues(issues: models.QuerySet) -> list[models.QuerySet]:
    seats = IssueSide.objects.filter(issue__in=issues.values("pk"))
    steps = IssueStep.objects.filter(issue__in=issues.values("pk"))
    hanging = [row for rows in (seats, steps, issues) for row in _hanging_on(rows)]
    return [*hanging, issues]


def _hanging_on(parents: models.QuerySet) -> list[models.QuerySet]:
    """The rows that belong to these alone, of every table that says so."""
    inner = parents.order_by().values("pk")
    return [
        relation.related_model.objects.order_by().filter(
            **{f"{relation.field.name}__in": inner}
        )
        for relation in parents.model._meta.related_objects
        if relation.on_delete is models.CASCADE
    ]


def _delete_files(files: list[tuple[Storage, str]]) -> None:
    for storage, name in files:
        storage.delete(name)


def _delete_without_asking(rows: models.QuerySet) -> None:
    """Delete rows in one statement, without Django collecting what hangs on them."""
    inner = rows.order_by().values("pk")
    every = rows.model.objects.order_by().filter(pk__in=inner)
    every._raw_delete(every.db)  # noqa: SLF001 - 200,000 rows in one statement
