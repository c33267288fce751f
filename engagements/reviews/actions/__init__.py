"""What people and the clock do with reviews."""

from engagements.reviews.actions.events import plan_event_pulses
from engagements.reviews.actions.planning import plan_reviews, plan_what_changed

__all__ = ["plan_event_pulses", "plan_reviews", "plan_what_changed"]
