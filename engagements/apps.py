"""The engagements app."""

from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    """Relationships between organisations."""

    name = "engagements"

    def ready(self) -> None:
        """Make the kinds of messages known to the ledger."""
        # The tables are ready only now.
        from engagements.reminders.kinds import register_all  # noqa: PLC0415

        register_all()
