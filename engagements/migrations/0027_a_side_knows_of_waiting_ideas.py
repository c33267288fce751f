from django.db import migrations, models
from django.db.models import Min, OuterRef, Q, Subquery

_OTHER = {"client": "supplier", "supplier": "client"}


def find_those_waiting(apps, _schema_editor):
    """As giving an idea writes it."""
    ideas = apps.get_model("engagements", "Idea").objects
    sides = apps.get_model("engagements", "RelationshipSide").objects
    for side, other in _OTHER.items():
        theirs = ideas.filter(
            relationship=OuterRef("relationship"), side=other, state="open"
        )
        since = theirs.order_by().values("relationship").annotate(on=Min("given_on"))
        sides.filter(side=side).update(idea_since=Subquery(since.values("on")))


class Migration(migrations.Migration):

    dependencies = [
        ('engagements', '0026_an_idea_is_passed_on'),
    ]

    operations = [
        migrations.AddField(
            model_name='relationshipside',
            name='idea_since',
            field=models.DateField(blank=True, editable=False, null=True),
        ),
        # Before the rows are written: an index is not made over changes that wait.
        migrations.RemoveIndex(
            model_name='relationshipside',
            name='figures_of_a_side',
        ),
        migrations.AddIndex(
            model_name='relationshipside',
            index=models.Index(condition=Q(('archived', False)), fields=['acted_by', 'currency', 'health', 'health_score', 'annual_value', 'owner', 'live_contracts', 'contracts', 'act_by', 'contact_due_on', 'last_contact_at', 'next_contact_at', 'client_promise_on', 'supplier_promise_on', 'segment', 'marked_active', 'archived', 'score_gap', 'reviewed_on', 'client_score', 'supplier_score', 'guards', 'open_issues', 'idea_since', 'id'], name='figures_of_a_side'),
        ),
        migrations.RunPython(find_those_waiting, migrations.RunPython.noop),
    ]
