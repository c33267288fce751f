"""Relationships between two organisations, and all that happens on them.

The map of the business, in import order: what stands lower never imports what
stands higher.

models         every table
access         who may do what
history        what changed, who changed it and why; the timeline
search         names found by the beginning of a word
notices        a message owed to one person
parties        organisations, their people, who acts for whom
relationships  the two sides face to face: team, segment, owners
commitments    promises of both sides, and one's own steps
contracts      terms, amendments, notice deadlines, documents
interactions   what happened: the composer, planned meetings
reviews        two-sided health reviews, from invitation to agreed actions
reminders      what is due, whom to tell, how a reminder is kept
exchange       import with preview and undo
dashboards     pages that read across every part; they never write
"""
