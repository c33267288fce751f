"""The engagements app."""

from django.apps import AppConfig


class EngagementsConfig(AppConfig):
    """Relationships between organisations."""

    name = "engagements"
