"""A file that somebody sends, and what they confirm after they saw what is in it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from aop.calc.reading.import_result import ImportResult, Status
from budgets.spreadsheets.gate import LARGEST_FILE, MEGABYTE, FileRefused, admit
from tracking.services.uploads import SentFile


class UploadForm(forms.Form):
    """One .xlsx or .csv file; the gate looks at it before anybody reads it."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("An .xlsx or .csv file of at most 10 MB"),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        allow_empty_file=True,  # the gate says what is wrong with it
    )

    def clean_file(self) -> SentFile:
        """Return what is in the file, once the gate lets it through."""
        uploaded = self.cleaned_data["file"]
        if uploaded.size > LARGEST_FILE:
            raise forms.ValidationError(
                _("The file is larger than %(limit)s MB. Keep only the sheet that is needed.")
                % {"limit": LARGEST_FILE // MEGABYTE}
            )
        content: bytes = uploaded.read()
        try:
            admit(uploaded.name, content)
        except FileRefused as refused:
            raise forms.ValidationError(str(refused)) from refused
        return SentFile(uploaded.name, content)


class ConfirmForm(forms.Form):
    """Whether rows with problems are left out; the sum says which differences were shown."""

    partial = forms.BooleanField(
        label=_("Leave out the rows with problems and import the others"), required=False
    )
    fingerprint = forms.CharField(required=False, max_length=64)

    def __init__(self, *args: Any, differences: str = "", **kwargs: Any) -> None:
        """Take the sum over the differences as they are now."""
        super().__init__(*args, **kwargs)
        self.differences = differences

    def clean(self) -> dict[str, Any]:
        """Refuse to confirm other differences than those that were shown."""
        cleaned = super().clean() or {}
        if cleaned.get("fingerprint", "") != self.differences:
            raise forms.ValidationError(
                _("Somebody changed the budget meanwhile. These are the differences now.")
            )
        return cleaned

    def ask_for_partial(self, result: ImportResult | None) -> None:
        """Say what to do about rows that stopped the import; None was refused already."""
        if result is not None and result.status is Status.REFUSED:
            self.add_error(
                "partial", _("Mend these rows in the file, or tick this to leave them out.")
            )
