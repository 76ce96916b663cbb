"""The web server behind nginx. It is told where to listen by systemd, or by --bind.

It keeps no log of requests, as nginx does; what goes wrong is masked as in the product's own log.
"""

import os

workers = int(os.environ.get("WEB_CONCURRENCY") or 2)
worker_class = "gthread"
threads = 4
preload_app = True
# A request may take a minute. On SIGTERM those under way are finished, for half a minute at most.
timeout = 60
graceful_timeout = 30
umask = 0o077
control_socket_disable = True

logconfig_dict = {
    "root": {"level": "INFO", "handlers": []},
    "loggers": {"gunicorn.error": {"level": "INFO", "handlers": ["error_console"], "propagate": False}},
    "formatters": {
        "generic": {
            "()": "tracker.discretion.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
}
