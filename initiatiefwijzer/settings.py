"""All settings, read from the environment (docs/operations.md lists every name).

Production is the default; DEBUG=1 and DEMO=1 relax. A missing name stops the start with one sentence.
"""

import sys
from pathlib import Path

import environ
import structlog
from celery.schedules import crontab
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured

from townhall import mailserver

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.FileAwareEnv()  # NAME_FILE=/run/secrets/x works for every NAME


def required(name, read=env.str):
    """The value of an environment variable, or a stop with one sentence that says what to do."""
    try:
        return read(name)
    except ImproperlyConfigured:
        raise SystemExit(f"{name} ontbreekt: zet deze omgevingsvariabele (zie docs/operations.md).") from None


# Where we are -----------------------------------------------------------------------------------------
DEBUG = env.bool("DEBUG", default=False)
DEMO = env.bool("DEMO", default=False)  # shows sign-in codes on the page; never on a real installation
SECRET_KEY = required("SECRET_KEY")
BASE_URL = env.str("BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost"])
CSRF_TRUSTED_ORIGINS = [BASE_URL]
HTTPS = BASE_URL.startswith("https://")

# Apps, from the low rungs of the ladder to the high ones ----------------------------------------------
LADDER = [
    "townhall",
    "accounts",
    "contacts",
    "goals",
    "funding",
    "initiatives",
    "agreements",
    "matching",
    "desk",
    "overview",
]
INSTALLED_APPS = [
    *LADDER,
    "initiatiefwijzer",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "rest_framework",
    "django_filters",
    "pgtrigger",
    "pghistory",
    "drf_spectacular",
]
MIDDLEWARE = [
    "initiatiefwijzer.middleware.security_headers",
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "initiatiefwijzer.middleware.clean_input",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "accounts.middleware.staff_need_a_second_factor",
]
ROOT_URLCONF = "initiatiefwijzer.urls"
WSGI_APPLICATION = "initiatiefwijzer.wsgi.application"
APPEND_SLASH = False  # a redirect would lose a POST; the API has no slashes at all

# Templates --------------------------------------------------------------------------------------------
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "initiatiefwijzer.context.site",
            ],
            "builtins": [f"initiatiefwijzer.templatetags.{name}" for name in ("nlds", "house", "charts")],
        },
    }
]
FORM_RENDERER = "initiatiefwijzer.forms.FormRenderer"

# Database: PostgreSQL and nothing else ----------------------------------------------------------------
SESSION = {  # of every connection: how long it waits (milliseconds), and when words look alike (0 to 1)
    "statement_timeout": 15_000,
    "lock_timeout": 5_000,
    "idle_in_transaction_session_timeout": 30_000,
    "pg_trgm.word_similarity_threshold": 0.4,
}
DATABASES = {"default": required("DATABASE_URL", env.db_url)}
DATABASES["default"] |= {
    "ENGINE": "townhall.postgresql",
    "CONN_HEALTH_CHECKS": True,
    "OPTIONS": {
        "connect_timeout": 5,
        "options": " ".join(f"-c {name}={value}" for name, value in SESSION.items()),
    },
}
if env.bool("DATABASE_POOL", default=True):
    # A request waits for a connection while the database restarts, instead of failing at once.
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": 10, "timeout": 10}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
SESSION_ENGINE = "django.contrib.sessions.backends.db"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "shared_cache",
        "OPTIONS": {"MAX_ENTRIES": 20_000},  # the usual 300 would forget limits and used codes
    }
}

# Who comes in -----------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["accounts.backend.Backend"]
SILENCED_SYSTEM_CHECKS = [
    "auth.W004"
]  # addresses are unique whatever their case, by a constraint on Lower(email)
AUTH_PASSWORD_VALIDATORS = []  # nobody has a password: a code by e-mail, and a second factor for staff
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_LOGOUT_REDIRECT_URL = "home"
ACCOUNT_ADAPTER = "accounts.adapter.Adapter"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_BY_CODE_ENABLED = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_TIMEOUT = 600
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = ACCOUNT_EMAIL_VERIFICATION_BY_CODE_MAX_ATTEMPTS = 5
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = True
ACCOUNT_EMAIL_NOTIFICATIONS = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_RATE_LIMITS = {  # key: an e-mail address; nobody's mailbox is filled through us
    "code_from_here": "3/m/key,20/d/key",  # key: who asks and the address; one asker locks nobody else out
    "request_login_code": "20/m/ip,10/m/key,100/d/key",  # all askers together
    "signup": "20/m/ip",
    "confirm_email": "1/10s/key,30/d/key",
}
ACCOUNT_FORMS = {
    "request_login_code": "accounts.forms.SignInForm",
    "signup": "accounts.forms.SignUpForm",
    "confirm_login_code": "accounts.forms.SignInCodeForm",
    "confirm_email_verification_code": "accounts.forms.SignUpCodeForm",
}
MFA_ADAPTER = "accounts.adapter.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Initiatiefwijzer"
MFA_TOTP_TOLERANCE = 1  # half minutes too early or too late: reading and typing takes time
MFA_FORMS = {
    "authenticate": "accounts.forms.SecondFactorForm",
    "reauthenticate": "accounts.forms.AgainForm",
    "activate_totp": "accounts.forms.AddAppForm",
}
STAFF_SESSION_AGE = 60 * 60 * 12
SESSION_COOKIE_AGE = 60 * 60 * 24 * 14
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"

# Language ---------------------------------------------------------------------------------------------
LANGUAGE_CODE = "nl"
LANGUAGES = [("nl", "Nederlands")]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Amsterdam"
USE_I18N = USE_TZ = True

# Static files: ours and the npm packages, under hashed names -------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(BASE_DIR / "staticfiles")))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(BASE_DIR / "media")))
WHITENOISE_USE_FINDERS = DEBUG

# Mail: every message becomes an outbox row; the relay sends it with RELAY_EMAIL -----------------------------
EMAIL_BACKEND = "townhall.mail.OutboxBackend"
try:
    RELAY_EMAIL = mailserver.read(env.str("EMAIL_URL", default="smtp://localhost:25"))
except ValueError as trouble:
    raise SystemExit(f"EMAIL_URL {trouble} (zie docs/operations.md).") from None
DEFAULT_FROM_EMAIL = SERVER_EMAIL = env.str("FROM_EMAIL", default="Initiatiefwijzer <noreply@localhost>")
OUTBOX = {  # what must happen after a change -> who does it (see townhall/outbox.py)
    "mail": "townhall.mail.deliver",
    "match": "matching.tasks.hand_over",
    "learn": "matching.tasks.hand_over_lesson",
    "hand_over": "desk.tasks.pass_on_hand_over",
    "intake": "desk.tasks.pass_on_intake",
    "letter": "desk.tasks.pass_on_letter",
}

# Celery: Redis is its broker and nothing else ---------------------------------------------------------
CELERY_BROKER_URL = env.str("REDIS_URL", default="redis://localhost:6379/0")
if CELERY_BROKER_URL.startswith("unix://"):  # redis-py and kombu spell a socket differently
    CELERY_BROKER_URL = "redis+socket://" + CELERY_BROKER_URL.removeprefix("unix://").replace(
        "?db=", "?virtual_host="
    )
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_TIME_LIMIT, CELERY_TASK_SOFT_TIME_LIMIT = 900, 840
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 1800,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
CELERY_TIMEZONE = TIME_ZONE
CELERY_BEAT_SCHEDULE = {
    "sweep_strangers": {"task": "accounts.tasks.sweep_strangers", "schedule": 3600 * 24},
    "sweep_concepts": {"task": "initiatives.tasks.sweep_concepts", "schedule": 3600 * 24},
    "sweep": {"task": "townhall.tasks.sweep", "schedule": 3600},
    "sweep_files": {"task": "townhall.tasks.sweep_files", "schedule": crontab(hour=3, minute=10)},
    "renew_terms": {"task": "townhall.tasks.renew_terms", "schedule": 600},
    "sweep_changes": {"task": "overview.tasks.sweep_changes", "schedule": 3600 * 24},
    "sweep_corpus_changes": {"task": "matching.tasks.sweep_changes", "schedule": 3600 * 24},
    "learn": {"task": "matching.tasks.learn", "schedule": crontab(hour=2, minute=0)},
    "look_again": {"task": "matching.tasks.look_again", "schedule": crontab(hour=2, minute=30)},
    "remind_requirements": {
        "task": "agreements.tasks.remind_requirements",
        "schedule": crontab(hour=6, minute=35),
    },
    "forget_intakes": {"task": "desk.tasks.forget_intakes", "schedule": 3600},
    "pass_on_left_behind": {
        "task": "desk.tasks.pass_on_left_behind",
        "schedule": crontab(hour=3, minute=15),
    },
    "sweep_batches": {"task": "desk.tasks.sweep_batches", "schedule": 3600 * 24},
    "remind_of_goals": {"task": "desk.tasks.remind_of_goals", "schedule": crontab(hour=6, minute=45)},
    "remind": {"task": "desk.tasks.remind", "schedule": crontab(hour=6, minute=30)},
    "remind_of_decisions": {
        "task": "desk.tasks.remind_of_decisions",
        "schedule": crontab(hour=6, minute=35),
    },
    "sweep_doubles": {"task": "desk.tasks.sweep_doubles", "schedule": 3600 * 24},
    "remind_of_persons": {
        "task": "desk.tasks.remind_of_persons",
        "schedule": crontab(hour=6, minute=45),
    },
    "end_merges": {"task": "agreements.tasks.end_merges", "schedule": crontab(hour=5, minute=50)},
    "remind_colleagues": {
        "task": "agreements.tasks.remind_colleagues",
        "schedule": crontab(hour=6, minute=50),
    },
    "remind_of_referrals": {
        "task": "agreements.tasks.remind_of_referrals",
        "schedule": crontab(hour=6, minute=45),
    },
    "remind_of_council_questions": {
        "task": "agreements.tasks.remind_of_council_questions",
        "schedule": crontab(hour=6, minute=50),
    },
    "end_successions": {"task": "agreements.tasks.end_successions", "schedule": crontab(hour=5, minute=55)},
    "remind_of_reviews": {
        "task": "agreements.tasks.remind_of_reviews",
        "schedule": crontab(hour=6, minute=55),
    },
    "remind_of_promises": {
        "task": "agreements.tasks.remind_of_promises",
        "schedule": crontab(hour=6, minute=40),
    },
}

# API ------------------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.AllowAny"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["townhall.api_defaults.JSONParser"],
    "DEFAULT_FILTER_BACKENDS": ["townhall.api_defaults.FilterBackend"],
    "DEFAULT_PAGINATION_CLASS": "townhall.api_defaults.Pagination",
    "DEFAULT_SCHEMA_CLASS": "townhall.describing.Schema",
    "DEFAULT_METADATA_CLASS": None,  # OPTIONS would answer in English what openapi.json says in Dutch
    "URL_FORMAT_OVERRIDE": None,  # ?format= is a parameter like any other we do not know
    "EXCEPTION_HANDLER": "townhall.api_defaults.problem",
    "UNAUTHENTICATED_USER": "django.contrib.auth.models.AnonymousUser",
    "TEST_REQUEST_DEFAULT_FORMAT": "json",
}
API_VERSION = "1.0.0"
SPECTACULAR_SETTINGS = {
    "TITLE": "Initiatiefwijzer API",
    "VERSION": API_VERSION,
    "OAS_VERSION": "3.0.3",
    "SERVE_INCLUDE_SCHEMA": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "SCHEMA_PATH_PREFIX": r"/api/v1",
    "SCHEMA_PATH_PREFIX_TRIM": True,
    "POSTPROCESSING_HOOKS": ["initiatiefwijzer.schema.finish"],
}

# Security -------------------------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY = {
    name: []
    for name in [
        "camera",
        "microphone",
        "geolocation",
        "payment",
        "usb",
        "display-capture",
        "browsing-topics",
    ]
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 60 * 60 * 24 * 365 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^gezond$"]
BEHIND_PROXY = env.bool("BEHIND_PROXY", default=False)  # only then a request's own word for its origin counts
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if BEHIND_PROXY else None
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 200
DATA_UPLOAD_MAX_NUMBER_FILES = 5
FILE_UPLOAD_HANDLERS = [  # small files stay in memory, and of a large one no more is written than we keep
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "townhall.uploads.BoundedFileHandler",
]
CSRF_FAILURE_VIEW = "initiatiefwijzer.views.csrf_failure"

# The matcher hears a model besides all else, where one is named (docs/matcher.md) ----------------------
MATCHER_MODEL = env.str("MATCHER_MODEL", default="")

# Logging: one JSON line per event, ids only, never a name or a text ----------------------------------------
LOG_LEVEL = env.str("LOG_LEVEL", default="WARNING")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"out": {"class": "logging.StreamHandler", "stream": sys.stderr}},
    "root": {"handlers": ["out"], "level": LOG_LEVEL},
    "loggers": {"django.request": {"level": "ERROR"}, "django.security": {"level": "ERROR"}},
}
structlog.configure(
    processors=[
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso"),
        structlog.processors.JSONRenderer(),
    ],
    wrapper_class=structlog.make_filtering_bound_logger(LOG_LEVEL.upper()),
    logger_factory=lambda: structlog.WriteLogger(sys.stderr),
)

# Our own --------------------------------------------------------------------------------------------------
FILTERS_EMPTY_CHOICE_LABEL = "Alle"
LIMITS = {  # what one address may ask: (times, seconds); reading is left to the proxy
    "wegwijzer": (300, 60),  # why: docs/operations.md
    "register": (30, 3600),
    "begin": (60, 600),  # each stores what was typed, also of who brings no cookie
    "sheet": (20, 60),  # lists as files
    "dossier": (10, 60),  # of hundreds of megabytes, made while somebody waits
    "upload": (60, 600),  # of one account; a large photo takes two seconds
    "succession": (3, 30 * 86400),  # questions to one mailbox to take a plan over, whoever asks
}
