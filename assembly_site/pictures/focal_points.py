"""The point of a picture that stays in view however it is cut: two numbers in percent."""

from django import forms
from django.utils.translation import gettext_lazy as _

MIDDLE = "0.5x0.5"


class FocalPointWidget(forms.MultiWidget):
    """Two inputs of numbers, which the click and the arrow keys of the script also write to."""

    def __init__(self):
        super().__init__([forms.NumberInput(), forms.NumberInput()])

    def decompress(self, value):
        return [round(float(part) * 100) for part in (value or MIDDLE).split("x")]


class FocalPointField(forms.MultiValueField):
    """`0.25x0.5`, as the library of copies keeps it, from the two numbers 25 and 50."""

    widget = FocalPointWidget

    def __init__(self, **options):
        percent = [
            forms.IntegerField(
                min_value=0,
                max_value=100,
                error_messages=dict.fromkeys(
                    ("invalid", "min_value", "max_value", "required"),
                    _("The focal point is two whole numbers from 0 to 100."),
                ),
            )
            for _side in ("across", "down")
        ]
        super().__init__(percent, require_all_fields=False, **options)

    def compress(self, values):
        return "x".join(f"{value / 100:g}" for value in values) if values else MIDDLE
