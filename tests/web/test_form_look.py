"""How a form looks: every label, hint and error tied to its control."""

from django import forms
from django.utils.translation import override


class Sample(forms.Form):
    name = forms.CharField(label="Name", help_text="One sentence.")
    note = forms.CharField(label="Note", required=False)
    way = forms.ChoiceField(
        label="Way", choices=[("a", "Grow"), ("b", "Keep")], widget=forms.RadioSelect
    )
    private = forms.BooleanField(label="Private", required=False)


def test_it_ties_hint_and_error_to_the_control() -> None:
    drawn = str(Sample({})["name"].as_field_group())

    assert 'aria-describedby="id_name_helptext id_name_error"' in drawn
    assert 'id="id_name_helptext"' in drawn
    assert 'id="id_name_error"' in drawn
    assert 'aria-invalid="true"' in drawn


def test_it_says_what_need_not_be_filled() -> None:
    with override("en"):
        drawn = str(Sample()["note"].as_field_group())

    assert "(optional)" in drawn


def test_it_groups_answers_under_a_legend() -> None:
    drawn = str(Sample()["way"].as_field_group())

    assert "<legend>Way" in drawn
    assert drawn.count('type="radio"') == 2
    assert '<label for="id_way_1">' in drawn


def test_it_puts_a_tick_before_its_words() -> None:
    drawn = str(Sample()["private"].as_field_group())

    assert drawn.index("<input") < drawn.index("Private")
    assert "(optional)" not in drawn


def test_it_shows_what_is_wrong_with_the_whole_form_first() -> None:
    form = Sample({"name": "x", "way": "a"})
    form.add_error(None, "The plan is approved.")

    drawn = str(form)

    assert drawn.index("The plan is approved.") < drawn.index("id_name")
