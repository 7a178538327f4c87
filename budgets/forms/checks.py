"""The approval of a plan: what the approver has seen of it."""

from django import forms


class ApproveForm(forms.Form):
    """Carries the newest change that the page showed, so that nothing unseen is approved."""

    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
