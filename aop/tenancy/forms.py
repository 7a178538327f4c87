"""What people type about companies, members, channels and themselves."""

from typing import Any

from django import forms
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from aop.tenancy.choices import zone_choices
from aop.tenancy.models import CODE_LENGTH, NAME_LENGTH, Company, Language, Membership, User
from aop.tenancy.queries import HistoryFilter, members_of
from aop.tenancy.roles import ROLE_DESCRIPTIONS, Role
from aop.tenancy.sentences import NOUNS
from aop.tenancy.services.companies import CompanyValues

MAX_SEARCH = 100


class CompanyForm(forms.Form):
    """What a company says about itself."""

    name = forms.CharField(label=_("Name of the company"), max_length=NAME_LENGTH)
    industry = forms.CharField(
        label=_("Trade"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_("In a few words: mother and baby shop, dental practice, print shop"),
    )
    language = forms.ChoiceField(
        label=_("Language of the company"),
        choices=Language.choices,
        help_text=_("Of what is printed and exported; everybody reads pages in their own"),
    )
    time_zone = forms.ChoiceField(label=_("Time zone"), choices=zone_choices)

    @property
    def values(self) -> CompanyValues:
        """What was typed, once it is valid."""
        typed = self.cleaned_data
        return CompanyValues(
            typed["name"], typed["industry"], typed["language"], typed["time_zone"]
        )


def role_choices() -> list[tuple[str, str]]:
    """Return the roles, each with what it may do."""
    line = "<b>{}</b> <span>{}</span>"
    return [(role, format_html(line, role.label, ROLE_DESCRIPTIONS[role])) for role in Role]


class MemberForm(forms.Form):
    """The role of a member."""

    role = forms.ChoiceField(label=_("Role"), choices=role_choices, widget=forms.RadioSelect)


class InvitationForm(forms.Form):
    """Who is invited, and as what."""

    role = forms.ChoiceField(
        label=_("Role"), choices=role_choices, initial=Role.STAFF, widget=forms.RadioSelect
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("With an address, only the person with that address can use the link"),
    )


class ChannelForm(forms.Form):
    """A new sales channel."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)
    code = forms.RegexField(
        r"^[A-Za-z0-9][A-Za-z0-9_-]*$",
        label=_("Code"),
        max_length=CODE_LENGTH,
        required=False,
        help_text=_("Stands in files; left empty, it is made of the name"),
        error_messages={"invalid": _("Only letters without marks, digits and hyphens.")},
    )


class ChannelNameForm(forms.Form):
    """Another name for a channel."""

    name = forms.CharField(label=_("Name"), max_length=NAME_LENGTH)


class AccountForm(forms.Form):
    """A person's own name and language."""

    name = forms.CharField(
        label=_("Name"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_("What colleagues see in members, entries and history"),
    )
    language = forms.ChoiceField(
        label=_("Language"), choices=Language.choices, widget=forms.RadioSelect
    )


class SignupForm(forms.Form):
    """What the sign-up asks for besides address and password (ACCOUNT_SIGNUP_FORM_CLASS)."""

    name = forms.CharField(
        label=_("Your name"),
        max_length=NAME_LENGTH,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ("name", "email", "password1")

    def signup(self, request: HttpRequest, user: User) -> None:
        """Do nothing more: the adapter stores the name with the account."""


class HistoryForm(forms.Form):
    """What somebody looks for in the history."""

    q = forms.CharField(label=_("Search"), max_length=MAX_SEARCH, required=False)
    person = forms.TypedChoiceField(label=_("Who"), required=False, coerce=int, empty_value=None)
    subject = forms.ChoiceField(label=_("What"), required=False)

    def __init__(self, *args: Any, company: Company, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = [(member.user_id, _name_of(member)) for member in members_of(company)]
        nouns = sorted(((noun, str(label)) for noun, label in NOUNS.items()), key=lambda it: it[1])
        self.fields["person"].choices = [("", _("Everybody")), *people]  # type: ignore[attr-defined]
        self.fields["subject"].choices = [("", _("Everything")), *nouns]  # type: ignore[attr-defined]

    @property
    def wanted(self) -> HistoryFilter:
        """What was asked for; a field that makes no sense asks for nothing."""
        found = self.cleaned_data if self.is_valid() else {}
        return HistoryFilter(found.get("q", ""), found.get("person"), found.get("subject", ""))


def _name_of(member: Membership) -> str:
    return str(member.user)
