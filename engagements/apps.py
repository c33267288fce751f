"""The engagements app."""

from typing import Any

from django.apps import AppConfig
from django.conf import settings
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import trans_real


class EngagementsConfig(AppConfig):
    """Relationships between organisations."""

    name = "engagements"

    def ready(self) -> None:
        """Make the kinds of messages known to the ledger; watch over files of rooms;
        freeze after migrating."""
        from engagements.boards import (  # noqa: PLC0415 - tables are ready now
            room_filing,
        )
        from engagements.reminders.kinds import (  # noqa: PLC0415 - tables are ready now
            register_all,
        )
        from engagements.reviews import (  # noqa: PLC0415 - tables are ready now
            frozen,
        )

        register_all()
        room_filing.watch()
        _leave_empty_catalogs_out()
        pre_migrate.connect(frozen.remove, sender=self)
        post_migrate.connect(frozen.install, sender=self)


def _leave_empty_catalogs_out() -> None:
    """Behind our words stand six English catalogs of a header and no word, and each
    would be asked for every message of a page: a tenth of its time."""
    ours: Any = trans_real.translation(settings.LANGUAGE_CODE)
    behind = ours._fallback  # noqa: SLF001 - gettext has no public way to see it
    while behind is not None and len(getattr(behind, "_catalog", ())) <= 1:
        behind = behind._fallback  # noqa: SLF001 - as above
    ours._fallback = behind  # noqa: SLF001 - as above
