"""How gunicorn serves: two processes of four threads, loaded once and shared."""

import os

workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
# Pages of memory are shared by the workers until one of them writes.
preload_app = True
timeout = 60
graceful_timeout = 15
keepalive = 5
accesslog = None
errorlog = "-"
loglevel = "warning"
