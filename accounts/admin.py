"""Users for the operator: who may sign in, and nothing of the business."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.models import User
from accounts.sessions import end_sessions

admin.site.site_header = "Relman"


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Switch sign-ins on and off; people come in by invitation."""

    list_display = ["email", "name", "is_active", "is_staff", "last_login"]
    list_filter = ["is_active", "is_staff"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_active", "is_staff", "is_superuser", "last_login"]
    readonly_fields = ["last_login"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """People come in by invitation, operators by `createsuperuser`."""
        return False

    def has_delete_permission(
        self, request: HttpRequest, obj: User | None = None
    ) -> bool:
        """What a person wrote keeps its author: switch off instead."""
        return False

    def save_model(self, request: HttpRequest, obj: User, *args: Any) -> None:
        """Switching off ends open sign-ins at once."""
        super().save_model(request, obj, *args)
        if not obj.is_active:
            end_sessions(obj)
