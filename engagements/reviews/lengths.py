"""How many minutes it takes to answer, wherever that is said before somebody begins."""

from engagements.models import HealthReview

MINUTES = {
    HealthReview.Form.FULL: 7,
    HealthReview.Form.PULSE: 2,
    HealthReview.Form.CHECK_IN: 5,
}
