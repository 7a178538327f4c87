"""The Celery app; it names its settings by string, so nothing here needs Django to be set up."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "aop.settings")

app = Celery("aop")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
