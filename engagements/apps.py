"""The engagements app."""

from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    """Relationships between organisations."""

    name = "engagements"

    def ready(self) -> None:
        """Make the kinds of messages known to the ledger."""
        from engagements.reminders.kinds import (  # noqa: PLC0415 - tables are ready now
            register_all,
        )

        register_all()
