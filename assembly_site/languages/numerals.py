"""Roman numerals, as sessions of the Assembly are counted."""

_STEPS = [
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
]  # fmt: skip


def roman(number: int) -> str:
    """34 → XXXIV. Raises ValueError below 1 and above 3999."""
    if not 1 <= number <= 3999:
        raise ValueError(f"{number} has no Roman numeral")
    signs = ""
    for value, sign in _STEPS:
        count, number = divmod(number, value)
        signs += sign * count
    return signs


def number_of(numeral: str) -> int:
    """XXXIV, xxxiv, 34 or 034 → 34. Raises ValueError for what is neither a number nor Roman."""
    if numeral.isascii() and numeral.isdecimal() and len(numeral) < 12:
        return int(numeral)
    written, number = numeral.upper(), 0
    for value, sign in _STEPS:
        while written.startswith(sign):
            number += value
            written = written.removeprefix(sign)
    # IIII and VX hold only signs of numbers and are none.
    if written or not number or number > 3999 or roman(number) != numeral.upper():
        raise ValueError(f"{numeral} is no number")
    return number
