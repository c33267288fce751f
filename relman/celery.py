"""The Celery application: an alarm clock, never the place where work is kept."""

import os

from celery import Celery
from celery.signals import worker_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "relman.settings")
# Django's checks read every page there is, more than half of what it takes to begin;
# whoever migrates has checked already.
os.environ.setdefault("CELERY_SKIP_CHECKS", "1")

app = Celery("relman")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
def never_give_messages_back(**_signal: object) -> None:
    """Let a worker outlive its broker.

    A worker gives back what it took and did not begin, and says so to Redis for each
    message it begins. Where the broker has gone, kombu 5.7 meets an AttributeError
    on either way and the worker ends. Our messages carry no state: the next round does
    what one asked for, so they are neither acknowledged nor given back.
    """
    if app.conf.broker_url.startswith("redis"):
        from kombu.transport.redis import Channel  # noqa: PLC0415 - only with Redis

        Channel.do_restore = False
