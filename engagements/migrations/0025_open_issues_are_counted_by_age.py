from datetime import timedelta

from django.db import migrations, models
from django.db.models import Count, Min, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

_OVER = ["closed", "unconfirmed", "checked"]


def count_those_open(apps, _schema_editor):
    """Ten working days are two weeks; of holidays a migration knows nothing."""
    issues = apps.get_model("engagements", "JointIssue").objects
    sides = apps.get_model("engagements", "RelationshipSide").objects
    for row in issues.only("opened_on").iterator():
        young_until = row.opened_on + timedelta(days=14)
        issues.filter(pk=row.pk).update(young_until=young_until)
    open_ones = (
        issues.exclude(state__in=_OVER)
        .filter(relationship=OuterRef("relationship"))
        .order_by()
        .values("relationship")
    )
    sides.update(
        open_issues=Coalesce(
            Subquery(open_ones.annotate(count=Count("pk")).values("count")), 0
        ),
        issues_since=Subquery(
            open_ones.annotate(since=Min("opened_on")).values("since")
        ),
    )


class Migration(migrations.Migration):

    dependencies = [
        ('engagements', '0024_joint_issues_are_found_by_name'),
    ]

    operations = [
        migrations.AddField(
            model_name='jointissue',
            name='young_until',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        migrations.AddField(
            model_name='relationshipside',
            name='open_issues',
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='relationshipside',
            name='issues_since',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        # Before the rows are written: an index is not made over changes that wait.
        migrations.RemoveIndex(
            model_name='relationshipside',
            name='figures_of_a_side',
        ),
        migrations.AddIndex(
            model_name='relationshipside',
            index=models.Index(condition=Q(('archived', False)), fields=['acted_by', 'currency', 'health', 'health_score', 'annual_value', 'owner', 'live_contracts', 'contracts', 'act_by', 'contact_due_on', 'last_contact_at', 'next_contact_at', 'client_promise_on', 'supplier_promise_on', 'segment', 'marked_active', 'archived', 'score_gap', 'reviewed_on', 'client_score', 'supplier_score', 'guards', 'open_issues', 'id'], name='figures_of_a_side'),
        ),
        migrations.RunPython(count_those_open, migrations.RunPython.noop),
    ]
