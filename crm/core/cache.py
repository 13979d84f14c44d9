"""The cache of the house: what it holds may be missing at any time, so nobody waits for it long."""

from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError as LineLost
from redis.retry import Retry

ANSWER_WITHIN, FOUND_WITHIN = 2, 1  # seconds


class Cache(RedisCache):
    """Gives up after seconds where the server hangs; a line that was cut, as by a restart, is made anew once."""

    def __init__(self, server, params):
        once_more = Retry(NoBackoff(), 1, supported_errors=(LineLost,))
        patience = {"socket_timeout": ANSWER_WITHIN, "socket_connect_timeout": FOUND_WITHIN, "retry": once_more}
        super().__init__(server, params | {"OPTIONS": patience | params.get("OPTIONS", {})})
