"""The site map: a group a feature, a line a page."""

from django.urls import path

from engagements.contracts.views import dates as contract_dates
from engagements.contracts.views import documents as contract_documents
from engagements.contracts.views import ending as contract_ending
from engagements.contracts.views import pages as contract_pages
from engagements.contracts.views import promises as contract_promises
from engagements.contracts.views import writing as contract_writing
from engagements.dashboards import executive
from engagements.dashboards import views as dashboards_views
from engagements.exchange.views import columns as import_columns
from engagements.exchange.views import files as import_files
from engagements.exchange.views import outcome as import_outcome
from engagements.interactions.views import drafting, entries, gatherings
from engagements.parties.views import (
    contacts,
    facts,
    first_run,
    joining,
    me,
    members,
    organisations,
)
from engagements.relationships.views import editing, handover, proposals, team
from engagements.reminders import views as reminding
from engagements.urls.boards import boards
from engagements.urls.charters import charter_pages
from engagements.urls.commitments import commitments
from engagements.urls.following import following
from engagements.urls.ideas import idea_pages
from engagements.urls.instruments import questions
from engagements.urls.joint import issues
from engagements.urls.reviews import reviews

app_name = "engagements"

# People: the first run, sign-in by invitation, members, claiming.
parties = [
    path("welcome/", first_run.welcome, name="welcome"),
    path("welcome/demo/", first_run.load_demo, name="demo-load"),
    path("welcome/demo/sign-in/", first_run.sign_in_to_demo, name="demo-sign-in"),
    path("welcome/start/", first_run.start, name="first-organisation"),
    path("demo/remove/", first_run.remove_demo, name="demo-remove"),
    path("join/<str:token>/", joining.join, name="join"),
    path("me/", me.settings, name="me"),
    path("me/absences/new/", me.add_absence, name="absence-create"),
    path("me/absences/<uuid:pk>/remove/", me.remove_absence, name="absence-remove"),
    path("members/", members.members, name="members"),
    path("members/new/", members.add_member, name="member-create"),
    path("members/<uuid:pk>/invite/", members.invite, name="member-invite"),
    path("members/<uuid:pk>/role/", members.change_role, name="member-role"),
    path("members/<uuid:pk>/off/", members.switch_off, name="member-switch-off"),
    path(
        "invitations/<uuid:pk>/renew/",
        members.renew_invitation,
        name="invitation-renew",
    ),
    path(
        "invitations/<uuid:pk>/revoke/",
        members.revoke_invitation,
        name="invitation-revoke",
    ),
    path("not-sent/", members.not_sent, name="not-sent"),
    path("organisations/", organisations.organisations, name="organisations"),
    path("organisations/new/", organisations.create, name="organisation-create"),
    path("organisations/<uuid:pk>/", organisations.organisation, name="organisation"),
    path("organisations/<uuid:pk>/edit/", organisations.edit, name="organisation-edit"),
    path(
        "organisations/<uuid:pk>/archive/",
        organisations.archive,
        name="organisation-archive",
    ),
    path(
        "organisations/<uuid:pk>/claim/",
        contacts.invite_to_claim,
        name="organisation-claim",
    ),
    path("organisations/<uuid:pk>/people/new/", contacts.create, name="contact-create"),
    path("contacts/<uuid:pk>/", contacts.contact, name="contact"),
    path("contacts/<uuid:pk>/edit/", contacts.edit, name="contact-edit"),
    *(
        path(
            f"organisations/<uuid:pk>/{what}s/new/",
            facts.add,
            {"what": what},
            name=f"organisation-{what}",
        )
        for what in facts.KINDS
    ),
    *(
        path(
            f"organisations/<uuid:pk>/{what}s/<uuid:fact>/remove/",
            facts.remove,
            {"what": what},
            name=f"organisation-{what}-remove",
        )
        for what in facts.KINDS
    ),
]

relationships = [
    path("relationships/new/", editing.create, name="relationship-create"),
    path("relationships/<uuid:pk>/edit/", editing.edit, name="relationship-edit"),
    path(
        "relationships/<uuid:pk>/archive/",
        editing.archive,
        name="relationship-archive",
    ),
    path("relationships/<uuid:pk>/pin/", editing.pin, name="relationship-pin"),
    path(
        "relationships/<uuid:pk>/references/new/",
        editing.add_reference,
        name="relationship-reference",
    ),
    path(
        "relationships/<uuid:pk>/references/<uuid:reference>/remove/",
        editing.remove_reference,
        name="relationship-reference-remove",
    ),
    path("relationships/<uuid:pk>/people/", team.people, name="relationship-people"),
    path("relationships/<uuid:pk>/handover/", handover.page, name="handover"),
    path(
        "relationships/<uuid:pk>/people/<str:side>/new/",
        team.add_role,
        name="relationship-role",
    ),
    path(
        "relationships/<uuid:pk>/people/<str:side>/owner/",
        team.choose_owner,
        name="relationship-owner",
    ),
    path(
        "relationships/<uuid:pk>/roles/<uuid:role>/end/",
        team.end_role,
        name="relationship-role-end",
    ),
    path("contacts/<uuid:pk>/left/", team.person_leaves, name="contact-leave"),
    path("proposals/", proposals.proposals, name="proposals"),
    path("proposals/<uuid:pk>/accept/", proposals.accept, name="proposal-accept"),
    path("proposals/<uuid:pk>/decline/", proposals.decline, name="proposal-decline"),
    path("relationships/<uuid:pk>/propose/", proposals.propose, name="proposal-again"),
]

contracts = [
    path("contracts/", contract_pages.contracts, name="contracts"),
    path("contracts/new/", contract_writing.create, name="contract-create"),
    path("contracts/<uuid:pk>/", contract_pages.contract, name="contract"),
    path(
        "contracts/<uuid:pk>/history/", contract_pages.history, name="contract-history"
    ),
    path("contracts/<uuid:pk>/edit/", contract_writing.edit, name="contract-edit"),
    path("contracts/<uuid:pk>/amend/", contract_writing.amend, name="contract-amend"),
    path(
        "contracts/<uuid:pk>/archive/",
        contract_writing.archive,
        name="contract-archive",
    ),
    path(
        "contracts/<uuid:pk>/restore/",
        contract_writing.restore,
        name="contract-restore",
    ),
    path("contracts/<uuid:pk>/notice/", contract_ending.notice, name="contract-notice"),
    path(
        "contracts/<uuid:pk>/withdraw/",
        contract_ending.withdraw,
        name="contract-withdraw",
    ),
    path(
        "contracts/<uuid:pk>/end/", contract_ending.terminate, name="contract-terminate"
    ),
    path(
        "contracts/<uuid:pk>/confirm/", contract_ending.confirm, name="contract-confirm"
    ),
    path("contracts/<uuid:pk>/dates/", contract_dates.add, name="contract-key-date"),
    path("contracts/dates/<uuid:pk>/", contract_dates.settle, name="key-date-settle"),
    path(
        "contracts/dates/<uuid:pk>/edit/", contract_dates.correct, name="key-date-edit"
    ),
    path(
        "contracts/<uuid:pk>/promises/new/",
        contract_promises.add,
        name="contract-promise",
    ),
    path(
        "contracts/<uuid:pk>/documents/",
        contract_documents.add,
        name="contract-document-add",
    ),
    path("documents/<uuid:pk>/", contract_documents.document, name="document"),
    path("documents/<uuid:pk>/show/", contract_documents.show, name="document-show"),
    path(
        "documents/<uuid:pk>/archive/",
        contract_documents.archive,
        name="document-archive",
    ),
]

interactions = [
    path("log/", entries.log, name="log"),
    path("log/day/", drafting.day, name="log-day"),
    path("drafts/", drafting.keep_draft, name="drafts"),
    path("interactions/<uuid:pk>/", entries.interaction, name="interaction"),
    path(
        "interactions/<uuid:pk>/correct/", entries.correct, name="interaction-correct"
    ),
    path("interactions/<uuid:pk>/share/", entries.share, name="interaction-share"),
    path("interactions/<uuid:pk>/undo/", entries.undo, name="interaction-undo"),
    path("meetings/", gatherings.all_meetings, name="meetings"),
    path("meetings/new/", gatherings.plan, name="meeting-create"),
    path("meetings/<uuid:pk>/", gatherings.meeting, name="meeting"),
    path("meetings/<uuid:pk>/move/", gatherings.move, name="meeting-move"),
    path("meetings/<uuid:pk>/cancel/", gatherings.cancel, name="meeting-cancel"),
]

reminders = [
    path("notices/", reminding.notices, name="notices"),
    path("notices/<uuid:pk>/retry/", reminding.retry, name="notice-retry"),
    path("notices/<uuid:pk>/cancel/", reminding.cancel, name="notice-cancel"),
    path("me/notices/", reminding.preferences, name="notice-preferences"),
    path("u/<str:token>/", reminding.unsubscribe, name="unsubscribe"),
    path("jobs/", reminding.jobs, name="jobs"),
    path("health/", reminding.health, name="health"),
]

exchange = [
    path("imports/", import_files.imports, name="imports"),
    path("imports/new/", import_files.new, name="import-create"),
    path("imports/<uuid:pk>/", import_outcome.outcome, name="import"),
    path("imports/<uuid:pk>/columns/", import_columns.columns, name="import-columns"),
    path("imports/<uuid:pk>/preview/", import_columns.preview, name="import-preview"),
    path("imports/<uuid:pk>/commit/", import_columns.commit, name="import-commit"),
    path("imports/<uuid:pk>/undo/", import_outcome.undo, name="import-undo"),
    path(
        "imports/<uuid:pk>/rejected.csv",
        import_outcome.rejected,
        name="import-rejected",
    ),
]

dashboards = [
    path("", dashboards_views.start, name="start"),
    path("home/", dashboards_views.my_day, name="home"),
    path("portfolio/", executive.executive, name="portfolio"),
    path("portfolio/health/", executive.health, name="portfolio-health"),
    path("relationships/", dashboards_views.relationships, name="relationships"),
    path(
        "relationships.csv",
        dashboards_views.relationships_file,
        name="relationships-file",
    ),
    path(
        "relationships/<uuid:pk>/",
        dashboards_views.one_relationship,
        name="relationship",
    ),
    path("search/", dashboards_views.search, name="search"),
    path("search/palette/", dashboards_views.palette, name="search-palette"),
]

urlpatterns = [
    *parties,
    *relationships,
    *commitments,
    *contracts,
    *interactions,
    *charter_pages,
    *idea_pages,
    *reviews,
    *questions,
    *issues,
    *boards,
    *following,
    *reminders,
    *exchange,
    *dashboards,
]
