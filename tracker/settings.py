"""Settings: what never changes is written here, what differs between machines comes from the environment."""

from pathlib import Path
from urllib.parse import urlsplit

from celery.schedules import crontab
from csp.constants import NONE, SELF
from redis.backoff import NoBackoff
from redis.retry import Retry

from tracker import environment
from tracker.accounts.guessing_limits import COOL_OFF, LIMITS, MOST_FAILURES
from tracker.environment import read

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = read("TRACKER_VAR", "a folder", Path, default=BASE_DIR / "var")
environment.read_local_file(VAR_DIR / "local.env")

# The machine it runs on

# Only `make run` sets it: demo accounts may be made here.
IS_LOCAL = read("TRACKER_LOCAL", "true or false", environment.truth, default=False)

DEBUG = read("DEBUG", "true or false", environment.truth, default=False)
SECRET_KEY = read("SECRET_KEY", "50 or more random characters", environment.long_secret)
SECRET_KEY_FALLBACKS = read("SECRET_KEY_FALLBACKS", "older keys, separated by commas", environment.names, default=[])
ALLOWED_HOSTS = read("ALLOWED_HOSTS", "host names, separated by commas, such as tracker.example.org", environment.names)
SITE_URL = read(
    "SITE_URL",
    "the public address without a path, such as https://tracker.example.org",
    environment.web_address,
)
SITE_NAME = "Digital Cooperation Tracker"
# Who answers for what the site says: citations name them beside it.
PUBLISHER = read("PUBLISHER", "the name of an office or a house", default=SITE_NAME)
# How readers reach whoever keeps the records: the page about the site says so, where it is given.
CONTACT = read(
    "CONTACT",
    "mailto:editors@example.org or an address that begins with https://",
    environment.contact,
    default="",
)
TIME_ZONE = read("TIME_ZONE", "a name from the IANA list, such as Asia/Karachi", environment.time_zone, default="UTC")
# What a proxy at this address says is believed: from where a request came (X-Forwarded-For), and whether over TLS
# (X-Forwarded-Proto). The web server takes both headers out of what anybody else sends.
TRUSTED_PROXY = read(
    "TRUSTED_PROXY", "the address of the reverse proxy, such as 127.0.0.1", environment.host_address, default=""
)

# Database

DATABASES = {"default": environment.database("DATABASE_URL")}
# Of a past day, records come from a file (tracker/registers/past/).
DATABASE_ROUTERS = ["tracker.registers.past.database.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
FIXTURE_DIRS = [BASE_DIR / "fixtures"]

# Lists are read from an index in memory; without it, from the database, which takes longer the more records there are.

INDEX_REGISTERS = True
INDEX_FOLDER = VAR_DIR / "index"
PAST_FOLDER = VAR_DIR / "past"  # of past days that were asked for

# How much each process may keep of the pages that it has drawn; 0 for none.

CACHE_PAGES_BYTES = 32 * 1024 * 1024

# Redis or Valkey: the broker and the cache

REDIS_URL = read(
    "REDIS_URL",
    "redis://host:6379/0, rediss://host:6379/0 or unix:///path/to/socket",
    environment.redis_address,
)
# A page does not wait for long for what can be done without, and does not try again.
CACHE_OPTIONS = {"socket_connect_timeout": 1, "socket_timeout": 1, "retry": Retry(NoBackoff(), 0)}
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": CACHE_OPTIONS,
    }
}

# The public API (tracker/site/api/)

API_REQUESTS_PER_MINUTE = read(
    "API_REQUESTS_PER_MINUTE",
    "how many requests one network address may make in a minute, 1 or more",
    environment.positive,
    default=600,
)
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PERMISSION_CLASSES": [],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "EXCEPTION_HANDLER": "tracker.site.api.problems.answer_to",
    # Whoever asks is nobody in particular.
    "UNAUTHENTICATED_USER": None,
    # Which representation is wished stands in the header Accept, and nowhere else.
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "VERSION": "1.0.0",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SORT_OPERATIONS": False,
    "SORT_OPERATION_PARAMETERS": False,
    "POSTPROCESSING_HOOKS": [],
}

# Forms that anybody may send (tracker/site/open_forms.py)

OPEN_FORMS_PER_HOUR = read(
    "OPEN_FORMS_PER_HOUR",
    "how often one network address may send a form in an hour, 1 or more",
    environment.positive,
    default=20,
)

# Celery. The database says what is due; a message only says "wake up": to lose or repeat one is harmless.

CELERY_BROKER_URL = environment.celery_broker(REDIS_URL)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# A killed worker's tasks come back after visibility_timeout seconds. The time limit stays below it, so that a
# task that still runs is never handed out a second time.
CELERY_TASK_TIME_LIMIT = 240
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 300,
    "unacked_restore_interval": 1,
    "unacked_restore_throttle": 1,
}
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TIMEZONE = "UTC"
# Its programs log as the others do: through LOGGING below, which masks what nobody is to read there.
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR_DIR / "celerybeat-schedule")


def _woken(task, schedule, expires):
    """A wake-up that no worker took before the next one is due is dropped, so that none pile up."""
    return {"task": f"tracker.tasks.{task}", "schedule": schedule, "options": {"expires": expires}}


CELERY_BEAT_SCHEDULE = {
    "plan follow-ups": _woken("plan_follow_ups", 300, 300),
    "plan alerts": _woken("plan_alerts", 300, 300),
    "publish due records": _woken("publish_due_records", 60, 60),
    "relay mail": _woken("relay_mail", 60, 60),
    "release data package": _woken("release_data_package", crontab(minute=40), 3600),
    "clear out of date": _woken("clear_out_of_date", crontab(hour=3, minute=20), 3600),
    "erase addresses": _woken("erase_addresses", crontab(hour=3, minute=50), 3600),
}

# Mail

for _name, _value in environment.email("EMAIL_URL").items():
    globals()[_name] = _value
DEFAULT_FROM_EMAIL = SERVER_EMAIL = read(
    "DEFAULT_FROM_EMAIL",
    "the sender of all mail, such as Cooperation Tracker <tracker@example.org>",
    environment.mailbox,
)
MAIL_SMTP_TIMEOUT = EMAIL_TIMEOUT = read("MAIL_SMTP_TIMEOUT", "seconds, 1 or more", environment.positive, default=30)
# How long a delivery that is being sent belongs to one relay; a lapsed lease returns to the queue.
MAIL_LEASE_SECONDS = read("MAIL_LEASE_SECONDS", "seconds, 1 or more", environment.positive, default=120)
if MAIL_LEASE_SECONDS <= MAIL_SMTP_TIMEOUT:
    environment.stop("MAIL_LEASE_SECONDS", f"more seconds than MAIL_SMTP_TIMEOUT ({MAIL_SMTP_TIMEOUT})")

# The other way, by which administrators hear that beat, worker or mail stand still.
ALARM_EMAIL = environment.email("ALARM_EMAIL_URL", default={})
ALARM_TO = read("ALARM_TO", "e-mail addresses, separated by commas", environment.mailboxes, default=[])
if bool(ALARM_EMAIL) != bool(ALARM_TO):
    environment.stop("ALARM_TO" if ALARM_EMAIL else "ALARM_EMAIL_URL", "both ALARM_EMAIL_URL and ALARM_TO, or neither")

# Rules of the house

FOLLOWUP_LINK_DAYS = read(
    "FOLLOWUP_LINK_DAYS", "how many days a link in a mail works, 1 or more", environment.positive, default=60
)
FOUR_EYES = read("FOUR_EYES", "true or false", environment.truth, default=True)
FOUR_EYES_CHANGES = read("FOUR_EYES_CHANGES", "true or false", environment.truth, default=True)

# The application

INSTALLED_APPS = [
    "axes",
    "django_otp",
    "django_otp.plugins.otp_static",
    "django_otp.plugins.otp_totp",
    "tracker.accounts",
    "tracker.records",
    "tracker.registers",
    "tracker.mail",
    "agreements",
    "meetings",
    "tracker.site",
    "tracker.site.desk.apps.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django_filters",
]
MIDDLEWARE = [
    "tracker.registers.caching.CachePages",
    "django.middleware.security.SecurityMiddleware",
    "tracker.site.middleware.FurtherHeaders",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "tracker.site.middleware.LanguageOfTheAddress",
    "tracker.site.api.middleware.OpenToPrograms",
    "tracker.site.middleware.RejectNullCharacters",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "tracker.accounts.middleware.LanguageOfTheAccount",
    "tracker.records.admin.refused.DropNullCharacters",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "tracker.accounts.middleware.EndIdleSessions",
    "django_otp.middleware.OTPMiddleware",
    "tracker.accounts.middleware.RequireSecondFactor",
    "tracker.site.middleware.LimitBodies",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "tracker.records.middleware.NameTheAccount",
    "axes.middleware.AxesMiddleware",
    "tracker.records.admin.refused.KeepTyped",
    "tracker.records.admin.addresses.RefuseCraftedAddresses",
]
FORM_RENDERER = "tracker.records.rendering.FormRenderer"
CSRF_FAILURE_VIEW = "tracker.records.admin.refused.csrf_failure"
ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "tracker.accounts.backends.EmailOrUsernameBackend",
]
_OF_DJANGO = "django.contrib.auth.password_validation"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"{_OF_DJANGO}.UserAttributeSimilarityValidator"},
    {"NAME": f"{_OF_DJANGO}.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": f"{_OF_DJANGO}.CommonPasswordValidator"},
    {"NAME": f"{_OF_DJANGO}.NumericPasswordValidator"},
    {"NAME": "tracker.accounts.passwords.WordsOfThisSiteValidator"},
]

LOGIN_URL = "admin:login"
LOGIN_REDIRECT_URL = "admin:index"

# Guessing (tracker/accounts/guessing.py). During a lock nothing is counted: who is kept out may try again when it ends,
# however often a stranger tries meanwhile.
AXES_HANDLER = "tracker.accounts.guessing.ByAccountAndAddress"
AXES_LOCKOUT_PARAMETERS = [by for by, _most in LIMITS]
AXES_FAILURE_LIMIT = MOST_FAILURES
AXES_COOLOFF_TIME = COOL_OFF
AXES_RESET_COOL_OFF_ON_FAILURE_DURING_LOCKOUT = False
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "tracker.accounts.guessing.account_of"
AXES_LOCKOUT_CALLABLE = "tracker.accounts.guessing.locked"
AXES_ENABLE_ACCESS_FAILURE_LOG = True
AXES_ENABLE_ADMIN = False
AXES_VERBOSE = False
AXES_SENSITIVE_PARAMETERS = ["username", "ip_address", "csrfmiddlewaretoken", "code"]

# Where true, staff set up an app for codes at their next log-in, and the desk opens to nobody without one.
REQUIRE_TOTP = read("REQUIRE_TOTP", "true or false", environment.truth, default=False)
OTP_TOTP_ISSUER = urlsplit(SITE_URL).hostname
OTP_ADMIN_HIDE_SENSITIVE_DATA = True

# Sessions end after so long without a request to the desk, and at the latest so long after the log-in.
SESSION_IDLE_MINUTES = read("SESSION_IDLE_MINUTES", "minutes, 1 or more", environment.positive, default=120)
SESSION_HOURS = read("SESSION_HOURS", "hours, 1 or more", environment.positive, default=12)
SESSION_COOKIE_AGE = SESSION_HOURS * 3600

LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("ur", "اردو"), ("zh-hans", "简体中文")]
LOCALE_PATHS = [BASE_DIR / "tracker" / "locale"]
USE_I18N = USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    # Releases of the data package. Where there are several machines, a folder that all of them share.
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": read("FILES_DIR", "a folder", Path, default=VAR_DIR / "files")},
    },
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# Security

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "form-action": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
PERMISSIONS_POLICY = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone"),
        *("midi", "payment", "screen-wake-lock", "usb", "browsing-topics"),
    )
)
# Whom to tell of a weakness: /.well-known/security.txt says so, where it is given.
SECURITY_CONTACT = read(
    "SECURITY_CONTACT",
    "mailto:security@example.org or an address that begins with https://",
    environment.contact,
    default="",
)
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = urlsplit(SITE_URL).scheme == "https" and not DEBUG
if SESSION_COOKIE_SECURE:  # then browsers take these names from this host alone, and over TLS alone
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-sessionid", "__Host-csrftoken"
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if SECURE_SSL_REDIRECT else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE_SSL_REDIRECT
# Probes come from inside, without TLS.
SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$", r"^workz$"]
if TRUSTED_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# The body of a request. Only whoever is logged in as staff may send the desk more than the little that every other form
# of this site needs (``tracker.site.middleware.LimitBodies``); the web server reads nothing larger at all.
DATA_UPLOAD_MAX_MEMORY_SIZE = (
    1024 * 1024 * read("DESK_BODY_MEGABYTES", "megabytes, 1 or more", environment.positive, default=8)
)
# As many inputs as a meeting with 500 rows in each of its tables has.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 40_000
PUBLIC_BODY_BYTES = 64 * 1024
PUBLIC_PARAMETERS = 1000
# No form takes a file: a part that is one is passed over, and nothing of it written to disk.
FILE_UPLOAD_HANDLERS: list[str] = []

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "tracker.discretion.DiscreetFormatter",
            "format": "%(asctime)s %(levelname)s %(name)s: %(message)s",
            "datefmt": "%Y-%m-%dT%H:%M:%S%z",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {"django": {"handlers": [], "level": "INFO", "propagate": True}},
}

environment.start_sentry("SENTRY_DSN")
