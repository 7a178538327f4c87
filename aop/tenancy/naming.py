"""Addresses and codes made of names: `Mẹ Bé Đà Nẵng` becomes `me-be-da-nang`."""

from collections.abc import Container

from django.utils.text import slugify

_NOT_TAKEN_APART = str.maketrans({"đ": "d", "Đ": "D", "ł": "l", "ø": "o", "ß": "ss", "æ": "ae"})


def slug_of(name: str, *, longest: int, otherwise: str) -> str:
    """Return `name` in small letters, digits and hyphens; `otherwise` when nothing is left."""
    return slugify(name.translate(_NOT_TAKEN_APART))[:longest].strip("-_") or otherwise


def first_free(slug: str, taken: Container[str], *, longest: int) -> str:
    """Return `slug`, or with the first number behind it that nobody has: `babycare-house-2`.

    >>> first_free("shop", {"shop", "shop-2"}, longest=50)
    'shop-3'
    """
    candidate, number = slug, 1
    while candidate in taken:
        number += 1
        ending = f"-{number}"
        candidate = slug[: longest - len(ending)].rstrip("-") + ending
    return candidate
