"""How often a calendar may be read with one key, and how many wrong keys may come from one address: by the hour."""

import time

from django.core.cache import cache

TUNTI = 60 * 60  # seconds
AVAIMELLA = 60  # a calendar program asks a few times an hour, and one person has a few of them
OSOITTEESTA = 600  # with a key that has ended many go on asking from behind a city hall's one address


def wait_of(kenen, montako, *, now=None) -> int:
    """Count one more -> how many seconds to wait before the next, 0 where this one is still let through."""
    now = int(now or time.time())
    key = f"kalenteri-{kenen}-{now // TUNTI}"
    if cache.add(key, 1, TUNTI):
        return 0
    try:
        count = cache.incr(key)
    except ValueError:  # it wore out just now
        return 0
    return TUNTI - now % TUNTI if count > montako else 0
