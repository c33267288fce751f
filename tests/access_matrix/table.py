"""Every address: how it is asked, on which row, who may, and who must not know.

Whoever is neither in `may` nor in `hidden` sees the thing and is refused: 403. A route
of the own organisation's own affairs is `private`: others get 403 or 404.
"""

from __future__ import annotations

from dataclasses import dataclass

OWN = frozenset({"own_manager", "own_executive", "own_administrator"})
OTHER = frozenset({"other_manager", "other_executive", "other_administrator"})
BOTH = OWN | OTHER
GOAL_PAGES = ("edit", "value", "promise", "close")
ISSUE_LINKS = ("issue-link", "issue-sitting", "issue-step-link", "issue-step-sitting")
MANAGERS = frozenset({"own_manager", "other_manager"})
ADMINISTRATORS = frozenset({"own_administrator", "other_administrator"})
EDITORS = MANAGERS | ADMINISTRATORS
STRANGERS = frozenset({"outsider", "own_elsewhere", "other_elsewhere"})
ANYBODY = BOTH | STRANGERS
# Nobody of these acts for an organisation: refused, whatever is asked.
WITHOUT_STANDING = frozenset({"operator", "own_former", "other_former"})
SIGNED_OUT = frozenset({"anonymous", "own_disabled", "other_disabled"})
EVERYBODY = ANYBODY | WITHOUT_STANDING | SIGNED_OUT


@dataclass(frozen=True)
class Route:
    """One address. `rows` maps its arguments to rows of the world."""

    name: str
    may: frozenset[str]
    method: str = "get"
    rows: tuple[tuple[str, str], ...] = ()
    hidden: frozenset[str] = STRANGERS
    private: bool = False
    query: tuple[tuple[str, str], ...] = ()


def on(row: str) -> tuple[tuple[str, str], ...]:
    """An address about one row."""
    return (("pk", row),)


def row(
    name: str, may: frozenset[str], about: str, method: str = "get", **more
) -> Route:
    """An address about a row both sides see."""
    return Route(name, may, method, on(about), **more)


def internal(name: str, may: frozenset[str], about: str, method: str = "get") -> Route:
    """An address about a row the other side must not know."""
    return Route(name, may, method, on(about), hidden=STRANGERS | OTHER)


def list_of(name: str, may: frozenset[str] = ANYBODY, method: str = "get") -> Route:
    """An address about no row: what it shows is narrowed, not refused."""
    return Route(name, may, method, hidden=frozenset())


def private(
    name: str, may: frozenset[str], about: str = "", method: str = "get", **more
) -> Route:
    """An address of one organisation's own affairs."""
    rows = on(about) if about else ()
    return Route(
        name, may, method, (*rows, *more.pop("rows", ())), private=True, **more
    )


OWN_ADMINISTRATOR = frozenset({"own_administrator"})
EVERY_ADMINISTRATOR = ADMINISTRATORS | {"outsider"}
OWN_ELSEWHERE = frozenset({"own_elsewhere"})
OWN_READERS = frozenset({"own_executive", "own_administrator"})
# Account managers and administrators keep people, on the team or not.
OWN_WRITERS = frozenset({"own_manager", "own_administrator", "own_elsewhere"})
# Neither of the own organisation nor across the table from it.
FAR = STRANGERS - OWN_ELSEWHERE

ROUTES = [
    # pages that read across
    *(
        list_of(name)
        for name in (
            "start",
            "home",
            "portfolio",
            "portfolio-health",
            "relationships",
            "relationships-file",
            "search",
            "search-palette",
            "contracts",
            "commitments",
            "meetings",
            "reviews",
            "issues",
            "review-method",
            "notices",
            "notice-preferences",
            "log",
            "log-day",
            "meeting-create",
            "organisations",
            "instruments",
        )
    ),
    # One's own settings, also for whoever acts for nobody.
    list_of("me", ANYBODY | WITHOUT_STANDING),
    list_of("drafts", method="post"),
    # relationships
    row("relationship", BOTH, "relationship"),
    row("relationship-people", BOTH, "relationship"),
    row("relationship-reviews", BOTH, "relationship"),
    row("reading", BOTH, "relationship"),
    row("relationship-edit", EDITORS, "relationship"),
    row("relationship-archive", ADMINISTRATORS, "relationship"),
    row("relationship-pin", BOTH, "relationship", "post"),
    row("relationship-reference", EDITORS, "relationship"),
    private("relationship-create", EVERY_ADMINISTRATOR),
    row("commitment-create", BOTH, "relationship"),
    row("step-create", BOTH, "relationship"),
    # promises and steps
    row("commitment", BOTH, "promise"),
    *(row(f"commitment-{what}", OWN, "promise") for what in ("move", "give", "done")),
    row("commitment-reopen", OWN, "done_promise", "post"),
    row("commitment-verify", OTHER, "done_promise", "post"),
    row("commitment-let-go", BOTH, "promise"),
    *(row(f"promise-ask-{what}", OWN, "ask", "post") for what in ("take-back", "now")),
    row("promise-ask-answer", frozenset({"other_manager"}), "ask", "post"),
    internal("step", OWN, "step"),
    internal("step-done", OWN, "step", "post"),
    internal("step-reopen", OWN, "step", "post"),
    # contracts
    row("contract", BOTH, "contract"),
    row("contract-history", BOTH, "contract"),
    *(
        row(f"contract-{what}", ADMINISTRATORS, "contract")
        for what in ("edit", "amend", "archive", "notice", "terminate", "key-date")
    ),
    row("contract-withdraw", ADMINISTRATORS, "contract"),
    row("contract-confirm", ADMINISTRATORS, "contract", "post"),
    row("contract-document-add", EDITORS, "contract"),
    private("contract-create", EVERY_ADMINISTRATOR),
    row("key-date-settle", ADMINISTRATORS, "key_date"),
    row("document", BOTH, "shared_document"),
    internal("document", OWN, "internal_document"),
    # charter, values, goals
    row("charter", BOTH, "relationship"),
    row("charter-write", EDITORS, "relationship"),
    row("charter-version", BOTH, "charter"),
    internal("charter-version", OWN, "charter_draft"),
    internal("charter-propose", EDITORS & OWN, "charter_draft"),
    internal("charter-take-back", EDITORS & OWN, "charter_draft", "post"),
    row("charter-take-back", EDITORS & OWN, "charter", "post"),
    row("charter-answer", frozenset({"own_manager"}), "acceptance", "post"),
    row("charter-person", EDITORS & OWN, "acceptance"),
    row("mirror", BOTH, "relationship"),
    row("mirror-write", EDITORS, "relationship"),
    row("goal-create", EDITORS, "relationship"),
    row("goal", BOTH, "goal"),
    *(row(f"goal-{what}", EDITORS, "goal") for what in GOAL_PAGES),
    row("handover", BOTH, "relationship"),
    # ideas: only the other side answers, only the giver takes back; a rule says so
    row("ideas", BOTH, "relationship"),
    row("idea-create", EDITORS, "relationship"),
    row("idea", BOTH, "idea"),
    *(row(f"idea-{what}", EDITORS, "idea") for what in ("answer", "pass-on", "end")),
    row("idea-withdraw", EDITORS, "idea", "post"),
    # health reviews
    row("review", BOTH, "review"),
    Route("review-create", EDITORS, query=(("r", "relationship"),)),
    # Without a relationship it asks which one, of those one may edit.
    list_of("review-create", EDITORS | EVERY_ADMINISTRATOR),
    *(
        row(f"review-{what}", EDITORS, "review")
        for what in ("how", "facilitator", "few", "comment")
    ),
    # Before it asks anybody, the side that began it.
    row("review-cancel", EDITORS & OWN, "review"),
    row("relationship-dependence", EDITORS, "relationship"),
    row("review-ask", EDITORS, "review", "post"),
    row("review-take-back", EDITORS, "review", "post"),
    Route(
        "review-people",
        EDITORS & OWN,
        rows=(*on("review"), ("side", "half")),
    ),
    Route(
        "review-coordinator",
        EDITORS & OWN,
        rows=(*on("review"), ("side", "half")),
    ),
    row("confirmation-answer", EDITORS & OWN, "confirmation", "post"),
    row("confirmation-ask-again", EDITORS, "confirmation", "post"),
    row("relationship-issues", BOTH, "relationship"),
    row("issue-create", EDITORS, "relationship"),
    row("issue", BOTH, "issue"),
    *(
        row(f"issue-{what}", EDITORS, "issue")
        for what in ("account", "correct", "facts", "promise", "close", "step-up")
    ),
    *(
        row(f"issue-{what}", EDITORS, "issue", "post")
        for what in ("agree", "severity-answer", "close-answer", "check")
    ),
    row("issue-step-answer", frozenset({"own_manager"}), "asked_up", "post"),
    Route("issue-note", EDITORS, rows=(*on("issue"), ("kind", "part"))),
    Route("issue-note-remove", EDITORS, "post", rows=(*on("issue"), ("note", "line"))),
    # what follows from a result
    row("review-conversation", BOTH, "talk"),
    row("review-conversation-agenda", BOTH, "talk"),
    *(
        row(f"review-conversation-{what}", EDITORS, "talk")
        for what in ("plan", "hold", "minutes")
    ),
    row("review-action-create", EDITORS, "talk"),
    Route("review-action-edit", EDITORS, rows=(*on("talk"), ("action", "deed"))),
    Route(
        "review-action-remove",
        EDITORS,
        "post",
        rows=(*on("talk"), ("action", "deed")),
    ),
    row("review-actions-ask", EDITORS, "talk", "post"),
    # conversations
    row("interaction", BOTH, "shared_entry"),
    internal("interaction", OWN, "internal_entry"),
    row("interaction-correct", frozenset({"own_manager"}), "shared_entry"),
    internal("interaction-correct", frozenset({"own_manager"}), "internal_entry"),
    internal(
        "interaction-share",
        frozenset({"own_manager", "own_administrator"}),
        "internal_entry",
    ),
    row("interaction-undo", frozenset({"own_manager"}), "shared_entry", "post"),
    row("meeting", BOTH, "meeting"),
    row("meeting-move", OWN, "meeting"),
    row("meeting-cancel", OWN, "meeting"),
    # the own organisation's affairs
    *(
        private(name, EVERY_ADMINISTRATOR)
        for name in (
            "members",
            "member-create",
            "not-sent",
            "jobs",
            "imports",
            "import-create",
            "proposals",
        )
    ),
    private("notice-retry", OWN_ADMINISTRATOR, "notice", "post"),
    private("notice-cancel", OWN_ADMINISTRATOR, "notice", "post"),
    private("import", OWN_ADMINISTRATOR, "run"),
    private(
        "organisation-number-remove",
        OWN_ADMINISTRATOR,
        "own",
        "post",
        rows=(("fact", "number"),),
    ),
    # question sets: what is supplied everybody reads and administrators copy
    Route("instrument", ANYBODY, rows=on("supplied"), hidden=frozenset()),
    Route(
        "instrument-copy", EVERY_ADMINISTRATOR, rows=on("supplied"), hidden=frozenset()
    ),
    Route("instrument-weights", frozenset(), rows=on("supplied"), hidden=frozenset()),
    Route("instrument", OWN | OWN_ELSEWHERE, rows=on("draft"), hidden=ANYBODY),
    *(
        Route(
            f"instrument-{what}",
            OWN_ADMINISTRATOR,
            method,
            (*on("draft"), *keys),
            hidden=OTHER | FAR,
        )
        for method in ("get", "post")
        for what, *keys in (
            ("publish",),
            ("withdraw",),
            ("title",),
            ("scale",),
            ("weights",),
            ("thresholds",),
            ("language-add",),
            ("language", ("key", "language")),
            ("item", ("key", "statement")),
            ("topic", ("key", "topic")),
        )
    ),
    # people of the own organisation
    list_of("absence-create"),
    private("absence-remove", frozenset({"own_manager"}), "absence", "post"),
    private("member-invite", OWN_ADMINISTRATOR, "guest"),
    private("member-role", OWN_ADMINISTRATOR, "membership"),
    private("member-switch-off", OWN_ADMINISTRATOR, "membership"),
    private("invitation-renew", OWN_ADMINISTRATOR, "invitation", "post"),
    private("invitation-revoke", OWN_ADMINISTRATOR, "invitation", "post"),
    # organisations and contacts
    private("organisation-create", EVERY_ADMINISTRATOR),
    row("organisation", BOTH | OWN_ELSEWHERE, "own", hidden=FAR),
    row("organisation", OWN_READERS, "kept", hidden=EVERYBODY),
    private("organisation-edit", OWN_ADMINISTRATOR, "own"),
    private("organisation-archive", OWN_ADMINISTRATOR, "kept"),
    private("organisation-claim", OWN_ADMINISTRATOR, "kept"),
    *(
        private(f"organisation-{what}", OWN_ADMINISTRATOR, "own")
        for what in ("number", "name", "day")
    ),
    *(
        private(
            f"organisation-{what}-remove",
            OWN_ADMINISTRATOR,
            "own",
            "post",
            rows=(("fact", what),),
        )
        for what in ("name", "day")
    ),
    private("contact-create", OWN_WRITERS, "own"),
    row("contact", BOTH | OWN_ELSEWHERE, "guest", hidden=FAR),
    private("contact-edit", OWN_WRITERS, "guest"),
    private("contact-leave", OWN_WRITERS, "guest"),
    # who speaks for a side, and who accepts it
    private(
        "relationship-reference-remove",
        EDITORS & OWN,
        "relationship",
        "post",
        rows=(("reference", "reference"),),
    ),
    *(
        Route(name, EDITORS & OWN, rows=(*on("relationship"), ("side", "half")))
        for name in ("relationship-role", "relationship-owner")
    ),
    Route(
        "relationship-role-end",
        EDITORS & OWN,
        rows=(*on("relationship"), ("role", "role")),
    ),
    private("proposal-accept", OWN_ADMINISTRATOR, "proposal", "post"),
    private("proposal-decline", OWN_ADMINISTRATOR, "proposal", "post"),
    row("proposal-again", ADMINISTRATORS, "relationship", "post"),
    # the rest of contracts
    row("contract-restore", ADMINISTRATORS, "archived_contract", "post"),
    row("contract-promise", EDITORS, "contract"),
    row("key-date-edit", ADMINISTRATORS, "key_date"),
    row("document-show", EDITORS & OWN, "shared_document", "post"),
    internal("document-show", EDITORS & OWN, "internal_document", "post"),
    row("document-archive", EDITORS & OWN, "shared_document", "post"),
    internal("document-archive", EDITORS & OWN, "internal_document", "post"),
    # what was brought in
    *(
        private(f"import-{what}", OWN_ADMINISTRATOR, "run")
        for what in ("columns", "preview", "rejected")
    ),
    private("import-commit", OWN_ADMINISTRATOR, "run", "post"),
    private("import-undo", OWN_ADMINISTRATOR, "run", "post"),
]

# Doors that stand open before anybody is signed in; what they do and refuse is tested
# where it is said. A new address does not belong here because it is laborious.
OPEN = {
    "welcome": "tests/engagements/parties",
    "demo-load": "tests/engagements/parties",
    "demo-sign-in": "tests/engagements/parties",
    "demo-remove": "tests/engagements/parties",
    "first-organisation": "tests/engagements/parties",
    "join": "tests/engagements/parties",
    **dict.fromkeys(
        (
            "answer",
            *(f"answer-{what}" for what in ("statement", "words", "check", "send")),
            "answer-withdraw",
            "answer-done",
            "confirm",
            "confirm-answer",
            "facilitate",
            *(f"facilitate-{what}" for what in ("page", "words", "release", "agenda")),
            "facilitate-hold",
            "facilitate-minutes",
            "review-facilitate",
        ),
        "tests/engagements/reviews",
    ),
    **dict.fromkeys(
        ("charter-link", "charter-link-answer", "mirror-link", "mirror-link-part"),
        "tests/engagements/charters",
    ),
    **dict.fromkeys(
        ("promise-link", "promise-link-answer"), "tests/engagements/commitments"
    ),
    **dict.fromkeys(("idea-link", "idea-link-answer"), "tests/engagements/ideas"),
    **dict.fromkeys(ISSUE_LINKS, "tests/engagements/issues"),
    "unsubscribe": "tests/engagements/reminders",
    "health": "tests/engagements/reminders",
}
