"""What every list of a plan needs: moving a row, and asking before one is removed."""

from django import forms


class MoveForm(forms.Form):
    """Which way a row is to go."""

    to = forms.ChoiceField(choices=[("up", "up"), ("down", "down")])

    @property
    def goes_up(self) -> bool:
        """Whether the row is to go up."""
        return bool(self.cleaned_data["to"] == "up")


class ConfirmForm(forms.Form):
    """The answer to a question that has nothing to fill in."""
