"""Judgements in words and tones: `{% load aop_words %}`."""

from enum import StrEnum

from django import template

from aop.web.words import NO_DATA, TONES, WORDS

register = template.Library()


@register.filter
def word(judgement: StrEnum | None) -> str:
    """Return what a status, meaning, level, method or state is called; "No data yet" for None."""
    return str(NO_DATA if judgement is None else WORDS[judgement])


@register.filter
def tone(judgement: StrEnum | None) -> str:
    """Return the tone of a judgement: good, warn, bad, info, or nothing."""
    return "" if judgement is None else TONES.get(judgement, "")
