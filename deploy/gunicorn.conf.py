"""gunicorn behind the proxy: threads, because a request mostly waits for the database."""

import gc
import os

YES = ("1", "true", "yes", "y", "ok", "on")  # as in settings.py; BEHIND_PROXY=0 may not mean yes here
behind_proxy = os.environ.get("BEHIND_PROXY", "").strip().lower() in YES

bind = os.environ.get("BIND", "0.0.0.0:8000")
workers = int(os.environ.get("WEB_WORKERS", "2"))
worker_class = "gthread"
preload_app = True  # read once, shared by the workers: half the memory, half the start
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 30  # seconds; a slow request is a fault, not a reason to wait
graceful_timeout = 10
keepalive = 65  # longer than the proxy keeps a connection, so that the proxy is the one who closes it
max_requests, max_requests_jitter = 5000, 500
control_socket_disable = True  # it would be one file for all that run on the machine
accesslog = None  # the proxy logs requests; ids and addresses are in one place only
loglevel = "warning"
forwarded_allow_ips = "*" if behind_proxy else "127.0.0.1"


def when_ready(server):
    """What was read before the workers begin stays theirs together: nobody collects, so nobody copies it."""
    gc.collect()
    gc.freeze()


def post_worker_init(worker):
    """Behind the proxy the visitor's address is what that says; gunicorn would give the proxy's own."""
    if behind_proxy:
        worker.wsgi = with_visitor_address(worker.wsgi)


def with_visitor_address(application):
    """The same application; its REMOTE_ADDR is the last of X-Forwarded-For, which is the proxy's own word."""

    def answer(environ, start_response):
        said = environ.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if said:
            environ["REMOTE_ADDR"] = said
        return application(environ, start_response)

    return answer
