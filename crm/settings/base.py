"""What every installation shares. This is the only file that reads the environment."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from tempfile import gettempdir

from csp.constants import NONE, SELF
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from environs import Env

from crm.ops.embedded import SPOOL, secret_key, urls
from crm.ops.running import port_of
from crm.settings.schedule import SCHEDULE

env = Env()
BASE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("KEMAN_DATA_DIR", str(BASE_DIR / "var"))).resolve()

# --- where the data lives -------------------------------------------------------------------------
_database_url, _redis_url = urls(DATA_DIR)
DATABASE_URL = env.str("DATABASE_URL", _database_url)
REDIS_URL = env.str("REDIS_URL", _redis_url)
# So much of the disk is kept free for the database where it is our own: below it nothing more is saved. A server of somebody else has its own disk.
ROOM_KEPT = env.int("KEMAN_ROOM_KEPT_MB", 128 if _database_url == DATABASE_URL else 0) * 2**20
with env.prefixed(""):
    DATABASES = {"default": env.dj_db_url("DATABASE_URL", DATABASE_URL, conn_max_age=60, conn_health_checks=True)}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DATABASES["default"].setdefault("OPTIONS", {})
_statement, _lock = env.int("KEMAN_STATEMENT_TIMEOUT_MS", 30_000), env.int("KEMAN_LOCK_TIMEOUT_MS", 10_000)
# Neither compiling a statement nor waking helpers for it (5 ms) pays before it takes many times as long itself.
_plans = "-c jit=off -c parallel_setup_cost=10000"
DATABASES["default"]["OPTIONS"]["options"] = f"-c statement_timeout={_statement} -c lock_timeout={_lock} {_plans}"
DATABASES["default"]["OPTIONS"]["connect_timeout"] = 5
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {
    "default": {
        "BACKEND": "crm.core.cache.Cache",
        "LOCATION": REDIS_URL.replace("redis+socket://", "unix://"),
        "KEY_PREFIX": "km",
    }
}

# --- who may talk to us ---------------------------------------------------------------------------
DEBUG = False
SECRET_KEY = env.str("SECRET_KEY", "") or secret_key(DATA_DIR)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["127.0.0.1", "localhost", "[::1]"])
PORT = port_of(env.str("PORT", "8000"))
SITE_URL = env.str("SITE_URL", f"http://127.0.0.1:{PORT}").rstrip("/")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", [])
SECURE_COOKIES = env.bool("KEMAN_HTTPS", SITE_URL.startswith("https://"))
SESSION_COOKIE_NAME = "__Host-km_session" if SECURE_COOKIES else "km_session"
CSRF_COOKIE_NAME = "__Host-km_csrf" if SECURE_COOKIES else "km_csrf"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_HTTPONLY = True
DEVICE_COOKIE_NAME = "__Host-km_device" if SECURE_COOKIES else "km_device"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 60 * 60 * 12  # seconds; no session gets older
SESSION_PAUSE = timedelta(hours=4)  # so long one may be away
SESSION_ENGINE = "django.contrib.sessions.backends.db"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if SECURE_COOKIES else None
SECURE_HSTS_SECONDS = 31_536_000 if SECURE_COOKIES else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "crm.web.failures.forged"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    },
}

# --- the house ------------------------------------------------------------------------------------
INSTALLED_APPS = [
    "unfold.apps.BasicAppConfig",
    "crm.web.admin_site.KemanAdminConfig",
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
    "axes",
    "csp",
    "django_celery_beat",
    "django_filters",
    "django_htmx",
    "drf_spectacular",
    "drf_spectacular_sidecar",
    "pghistory",
    "pgtrigger",
    "rest_framework",
    "crm.core",
    "crm.web",
    "crm.rest",
    "crm.accounts",
    "crm.calendars",
    "crm.activity",
    "crm.jobs",
    "crm.bin",
    "crm.importexport",
    "crm.notifications",
    "crm.files",
    "crm.stars",
    "crm.ops",
    "crm.backups",
    "customers",
    "interactions",
    "deals",
    "feedback",
    "reports",
    "demo",
    "bench",
]
MIDDLEWARE = [
    "crm.web.middleware.RequestId",
    "crm.ops.timings.Timed",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "crm.accounts.sessions.SessionEnds",
    "crm.accounts.middleware.ReaderLanguage",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "crm.accounts.middleware.SecondFactor",
    "crm.web.middleware.SignInRequired",
    "crm.web.middleware.SeeOther",
    "crm.web.middleware.Refusals",
    "axes.middleware.AxesMiddleware",
]
ROOT_URLCONF = "crm.urls"
WSGI_APPLICATION = "crm.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["crm.web.templatetags.km", "django.templatetags.i18n", "django.templatetags.static"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "crm.web.frame.frame",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

# --- language and time ----------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", _("Chinese")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
LANGUAGE_COOKIE_NAME = "km_language"
TIME_ZONE = env.str("TIME_ZONE", "Asia/Shanghai")
USE_TZ = True
USE_I18N = True
COMPANY_CURRENCY = env.str("KEMAN_CURRENCY", "CNY")
# A discount above this many percent makes an order a special price, which waits for the team lead.
DISCOUNT_LIMIT = env.decimal("KEMAN_DISCOUNT_LIMIT", Decimal(15))

# --- signing in -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "crm.accounts.backend.SignIn",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "crm.accounts.adapter.NoSignup"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "https" if SECURE_COOKIES else "http"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_FORMS = {"reset_password": "crm.notifications.forms.ResetForm"}
ACCOUNT_PASSWORD_RESET_TOKEN_GENERATOR = "crm.accounts.invitations.Keys"  # noqa: S105
PASSWORD_RESET_TIMEOUT = 60 * 60 * 24 * 3  # seconds a link to set a password is valid
ACCOUNT_RATE_LIMITS = False  # crm/accounts/tries.py counts in PostgreSQL, so the count survives an emptied cache
MFA_FORMS = {"authenticate": "crm.accounts.forms.CodeForm", "reauthenticate": "crm.accounts.forms.CodeAgainForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Keman"
ADMINISTRATORS_NEED_SECOND_FACTOR = env.bool("KEMAN_ADMIN_SECOND_FACTOR", False)
AXES_HANDLER = "crm.accounts.lockout.Guard"
AXES_RESET_ON_SUCCESS = False
AXES_DISABLE_ACCESS_LOG = True  # the book of sign-ins is our own, and append-only
AXES_LOCKOUT_CALLABLE = "crm.accounts.lockout.locked_out"
AXES_CLIENT_IP_CALLABLE = "crm.accounts.lockout.client_address"
TRUSTED_PROXIES = env.int("KEMAN_TRUSTED_PROXIES", 0)

# --- the back office --------------------------------------------------------------------------------
UNFOLD = {
    "SITE_TITLE": _("Keman CRM"),
    "SITE_HEADER": _("Keman CRM"),
    "SITE_SUBHEADER": _("Administration"),
    "SHOW_VIEW_ON_SITE": False,
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": lambda request: static("img/seal.svg")}],
    "COLORS": {
        # The petrol of the product, from its tint to its darkest (DESIGN 2).
        "primary": {
            "50": "#E3F1F2", "100": "#D2E8EA", "200": "#C2E0E3", "300": "#8FC3C9", "400": "#67C5D1", "500": "#1A7584",
            "600": "#0E6573", "700": "#0A4F5B", "800": "#12343A", "900": "#0D272B", "950": "#08191C",
        },
    },
}  # fmt: skip

# --- mail -----------------------------------------------------------------------------------------
EMAIL_CONFIG = env.dj_email_url("EMAIL_URL", "console:")
EMAIL_BACKEND = EMAIL_CONFIG["EMAIL_BACKEND"]
if EMAIL_BACKEND == "django.core.mail.backends.smtp.EmailBackend":
    EMAIL_BACKEND = "crm.notifications.mailing.EmailBackend"  # each letter once, however often a worker is killed
EMAIL_HOST = EMAIL_CONFIG.get("EMAIL_HOST", "")
EMAIL_PORT = EMAIL_CONFIG.get("EMAIL_PORT", 25)
EMAIL_HOST_USER = EMAIL_CONFIG.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = EMAIL_CONFIG.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = EMAIL_CONFIG.get("EMAIL_USE_TLS", False)
EMAIL_USE_SSL = EMAIL_CONFIG.get("EMAIL_USE_SSL", False)
EMAIL_TIMEOUT = 10
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "Keman <keman@localhost>")

# --- static files and uploads ---------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
MEDIA_ROOT = DATA_DIR / "files"
WHITENOISE_USE_FINDERS = True
WHITENOISE_MAX_AGE = 3600
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 3000
FILE_UPLOAD_HANDLERS = ["crm.importexport.uploads.Limited"]

# --- background work ------------------------------------------------------------------------------
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
# max_retries: whoever calls a worker does not wait for a broker that is away; the sweep calls again.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600, "socket_timeout": 5, "socket_connect_timeout": 3, "max_retries": 0}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Seconds after which a worker with free hands that leaves a message lie is taken for stuck (crm/ops/stalling.py).
WORKER_STANDS_AFTER = env.int("KEMAN_WORKER_STANDS_AFTER", 30)
CELERY_BEAT_SCHEDULER = "crm.ops.beat:Scheduler"
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_TIMEZONE = TIME_ZONE
JOB_MEMORY_MB = env.int("KEMAN_JOB_MEMORY_MB", 3072)
DJANGO_CELERY_BEAT_TZ_AWARE = True

# --- backups --------------------------------------------------------------------------------------
BACKUP_FOLDER = DATA_DIR / "backups"
BACKUP_SCRATCH = Path(env.str("KEMAN_SCRATCH_DIR", gettempdir()))  # where drills and restores unpack; needs room for the whole database
BACKUP_PLACES = env.list("KEMAN_BACKUP_PLACES", ["local"])
BACKUP_KEY = Path(env.str("KEMAN_BACKUP_KEY", str(DATA_DIR / "backup_key")))
BACKUP_S3_BUCKET = env.str("KEMAN_BACKUP_S3_BUCKET", "")
BACKUP_S3_PREFIX = env.str("KEMAN_BACKUP_S3_PREFIX", "keman")
BACKUP_S3_ENDPOINT = env.str("KEMAN_BACKUP_S3_ENDPOINT", "")
WAL_SPOOL = DATA_DIR / "services" / SPOOL

# --- API ------------------------------------------------------------------------------------------
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": [
        "crm.accounts.tokens.TokenAuthentication",
        "rest_framework.authentication.SessionAuthentication",
    ],
    "DEFAULT_PERMISSION_CLASSES": ["crm.rest.permissions.Signed"],
    "DEFAULT_PAGINATION_CLASS": "crm.rest.paging.KeysetPaging",
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_VERSIONING_CLASS": None,
    "EXCEPTION_HANDLER": "crm.rest.errors.answer",
    "DEFAULT_THROTTLE_CLASSES": ["crm.rest.throttling.PerKey"],
    "DEFAULT_THROTTLE_RATES": {"key": env.str("KEMAN_API_RATE", "600/min")},
    "COERCE_DECIMAL_TO_STRING": True,
    "PAGE_SIZE": 50,
}
SPECTACULAR_SETTINGS = {
    "TITLE": "Keman API",
    "DESCRIPTION": "Everything the pages can do, with the same rules.",
    "VERSION": "1.0.0",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVE_PERMISSIONS": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_GENERATOR_CLASS": "crm.rest.generator.OnceForAll",
    "SWAGGER_UI_DIST": "SIDECAR",
    "SWAGGER_UI_FAVICON_HREF": "SIDECAR",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "COMPONENT_SPLIT_REQUEST": True,
    "ENUM_NAME_OVERRIDES": {
        "ContactPointKind": "customers.contacts.models.ContactPoint.Kind",
        "PaymentKind": "deals.payments.models.Payment.Kind",
        "InteractionChannel": "interactions.followups.models.Channel",
    },
    "POSTPROCESSING_HOOKS": ["drf_spectacular.hooks.postprocess_schema_enums", "crm.rest.description.with_errors"],
}

# --- watching -------------------------------------------------------------------------------------
DEMO = env.bool("KEMAN_DEMO", False)
LOG_LEVEL = env.str("LOG_LEVEL", "INFO")
# "json": one object a line, and a line for each request; anything else: lines for people.
LOG_FORMAT = env.str("KEMAN_LOG_FORMAT", "line")
# What Prometheus shows at /metrics; without one only administrators who are signed in may read there.
METRICS_TOKEN = env.str("KEMAN_METRICS_TOKEN", "")
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"request": {"()": "crm.core.logs.RequestIdFilter"}},
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s [%(trace)s] %(message)s"},
        "json": {"()": "crm.core.logs.JsonFormatter"},
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "json" if LOG_FORMAT == "json" else "line", "filters": ["request"]}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {"axes": {"level": "WARNING"}, "django.request": {"level": "ERROR"}, "crm.requests": {"level": "INFO" if LOG_FORMAT == "json" else "WARNING"}},
}
SILENCED_SYSTEM_CHECKS = ["security.W004", "security.W008", "security.W012", "security.W016"]
