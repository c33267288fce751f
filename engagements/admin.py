"""Technical tables for the operator; the business is never shown here."""

from django.contrib import admin
from django.http import HttpRequest

from engagements.models import Row, Sweep, Tick


class ReadOnly(admin.ModelAdmin):
    """Shown, never changed by hand."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Rows are written by the clock."""
        return False

    def has_change_permission(
        self, request: HttpRequest, obj: Row | None = None
    ) -> bool:
        """Rows are written by the clock."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: Row | None = None
    ) -> bool:
        """Deleting one would do its work again."""
        return False


@admin.register(Tick)
class TickAdmin(ReadOnly):
    """Rounds of the clock."""

    list_display = ["started_at", "finished_at", "worker", "failed"]
    list_filter = ["failed"]


@admin.register(Sweep)
class SweepAdmin(ReadOnly):
    """Work done once a day or month."""

    list_display = ["key", "finished_at"]
