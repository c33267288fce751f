"""One round by hand, in a process of its own, with the time of the trials."""

from __future__ import annotations

from tests.faults import worker  # isort: skip - it sets Django up

from engagements.reminders import rounds

if __name__ == "__main__":
    worker.prepare()
    rounds.run()
