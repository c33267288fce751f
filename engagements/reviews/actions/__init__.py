"""What people and the clock do with reviews."""

from engagements.reviews.actions.planning import plan_reviews, plan_what_changed

__all__ = ["plan_reviews", "plan_what_changed"]
