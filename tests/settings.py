"""The settings of the tests: the product's own, with cheap passwords and nothing that needs a build step."""

import os
import secrets
import tempfile

_TEMP = tempfile.gettempdir()
os.environ.setdefault("DATABASE_URL", f"sqlite:///{_TEMP}/tracker-unused.sqlite3")
os.environ.update(
    TRACKER_VAR=_TEMP,
    SECRET_KEY="only-for-tests-and-longer-than-fifty-characters-0123456789",
    ALLOWED_HOSTS="localhost,127.0.0.1,testserver",
    SITE_URL="http://testserver",
    # Nobody answers there until a test asks for the `valkey` fixture. Sockets need short paths.
    REDIS_URL=f"unix:///tmp/vk-{secrets.token_hex(6)}/valkey.sock",
    EMAIL_URL="memory://",
    DEFAULT_FROM_EMAIL="Digital Cooperation Tracker <tracker@example.org>",
    TIME_ZONE="UTC",
    # What tests ask in a minute is more than anybody else may.
    API_REQUESTS_PER_MINUTE="1000000",
    OPEN_FORMS_PER_HOUR="1000000",
)

from tracker.settings import *  # noqa: E402, F403
from tracker.settings import DATABASES, STORAGES  # noqa: E402

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_AUTOREFRESH = WHITENOISE_USE_FINDERS = True
# Most tests of the desk have one person change what is public, to see what follows; `tests/admin/test_proposals.py` and
# the soak of proposals have it as a house has it that says nothing.
FOUR_EYES_CHANGES = False
# A test sees its own data at once, and each rolls the data version back; those of the index and of the cache switch
# them on.
INDEX_REGISTERS = False
CACHE_PAGES_BYTES = 0
# A thread of a live server would keep a file open that the next test replaces.
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["CONN_MAX_AGE"] = 0
