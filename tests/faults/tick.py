"""One round by hand, in a process of its own, with the time of the trials.

python -m tests.faults.tick [INSTANT]: as of another moment, as 2026-11-26T07:30+00:00.
"""

from __future__ import annotations

import sys
from datetime import datetime

from tests.faults import worker  # isort: skip - it sets Django up

from engagements.reminders import rounds

if __name__ == "__main__":
    worker.prepare()
    rounds.run(datetime.fromisoformat(sys.argv[1]) if sys.argv[1:] else None)
