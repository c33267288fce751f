"""The engagements app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate


class EngagementsConfig(AppConfig):
    """Relationships between organisations."""

    name = "engagements"

    def ready(self) -> None:
        """Make the kinds of messages known to the ledger; freeze after migrating."""
        from engagements.reminders.kinds import (  # noqa: PLC0415 - tables are ready now
            register_all,
        )
        from engagements.reviews import (  # noqa: PLC0415 - tables are ready now
            frozen,
        )

        register_all()
        pre_migrate.connect(frozen.remove, sender=self)
        post_migrate.connect(frozen.install, sender=self)
