"""Messages owed to people: a ledger in the database, delivered by whoever wakes up.

What is due is data. Celery, Redis and beat are only an alarm clock: every process
that wakes calls the same functions, and twice is once. docs/reminders.md states what
is guaranteed.

kinds      what a message is about: registered by the parts that owe it
ledger     owe, cancel, retry
letters    a message as mail, in text and HTML
sending    one SMTP connection, and what became of a message handed to it
delivery   claim, send, record; give back what a dead worker held
"""
