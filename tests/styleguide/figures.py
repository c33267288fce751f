"""What the charts of the style page show: the figures of the prototype."""

from datetime import date

from engagements.charts import KeyDate, Option, Rail, Renewal, Segment

TODAY = date(2026, 11, 18)
RAIL = Rail(
    today=TODAY,
    points=(
        KeyDate(date(2026, 10, 14), "Decision window opened"),
        KeyDate(date(2026, 12, 2), "Options paper to the board"),
        KeyDate(date(2027, 1, 14), "Last day to give notice", legal=True, url="/n/"),
        KeyDate(date(2027, 1, 12), "Act by, the working day before"),
        KeyDate(date(2027, 3, 31), "Initial term ends", legal=True, url="/e/"),
    ),
    begins=date(2024, 4, 1),
    ends=date(2027, 3, 31),
    term_label="Initial term, 36 months",
    window=(date(2026, 10, 14), date(2027, 1, 14)),
    options=(
        Option(date(2027, 4, 1), date(2028, 3, 31), "Option 1, to Mar 2028"),
        Option(date(2028, 4, 1), date(2029, 3, 31), "Option 2, to Mar 2029"),
    ),
)
RENEWALS = [
    Renewal(
        "Hollin Vale Hospitals",
        "/1/",
        date(2027, 3, 31),
        "£4.2m",
        "57 days to notice",
        (date(2026, 10, 14), date(2027, 1, 14)),
        date(2027, 1, 14),
        "watch",
    ),
    Renewal(
        "University of Ravenmere and the Associated Colleges",
        "/2/",
        date(2027, 6, 30),
        "£3.9m",
        "Extend, agreed",
        (date(2027, 1, 15), date(2027, 4, 1)),
        date(2027, 4, 1),
        "steady",
    ),
    Renewal("Merrow Water", "/3/", None, "£5.3m", "No end date", None, None, "none"),
    Renewal(
        "Tessaly Data Halls",
        "/4/",
        date(2029, 1, 31),
        "Not known",
        "Ends after this view",
        (date(2027, 9, 1), date(2028, 1, 2)),
        date(2028, 1, 2),
        "risk",
    ),
]
FIGURES = {
    "rail": RAIL,
    "today": TODAY,
    "renewals": RENEWALS,
    "asked": [
        Segment("done", 18, "/done/"),
        Segment("under way", 9),
        Segment("not doing, with reasons", 4),
    ],
    "falling": [3.3, 3.2, 3.0, 2.9, 2.7, 2.6],
    "broken": [60, None, 62, 71, None, 70],
    "results": [
        (
            "Responsiveness",
            "When something goes wrong, we hear early and plainly",
            48,
            82,
            65,
            None,
            34,
            "wider by 20",
        ),
        (
            "Communication",
            "The right people talk to each other often enough",
            52,
            80,
            62,
            74,
            28,
            "wider by 16",
        ),
        (
            "Innovation",
            "New ideas come forward and get a fair hearing",
            62,
            45,
            None,
            None,
            17,
            "wider by 4",
        ),
        (
            "Governance",
            "Decisions are made at the right level, on time",
            None,
            80,
            None,
            None,
            "",
            "Too few answers to show",
        ),
        (
            "Trust",
            "We can speak openly without it being used against us",
            75,
            73,
            None,
            60,
            2,
            "no change",
        ),
    ],
    "dimensions": [
        ("Responsiveness", 48, 82, 34),
        ("Communication", 52, 80, 28),
        ("Innovation", 45, 68, 23),
        ("Governance", 65, 80, 15),
        ("Trust", 75, 73, 2),
    ],
    "measures": [
        ("Contracts with a notice date", "19", "of 31", 61, 100, "Target 31"),
        (
            "Value at risk or on watch",
            "£14.6m",
            "of £41.8m",
            58,
            41,
            "Limit £10.5m",
        ),
        ("Promises kept on time", "72%", "of 118", 72, 80, "Target 80%"),
        ("Spoken to within the rhythm", "81%", "of 24", 81, 85, "Target 85%"),
    ],
}
