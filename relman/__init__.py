"""The project: configuration only, no business."""

from relman.celery import app as celery_app

__all__ = ["celery_app"]
