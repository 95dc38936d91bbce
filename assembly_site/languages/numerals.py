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


def value_of(numeral: str) -> int:
    """XXXIV → 34; for numerals as `roman` writes them."""
    values = {sign: value for value, sign in _STEPS}
    total, place = 0, 0
    while place < len(numeral):
        sign = numeral[place : place + 2]
        if sign not in values:
            sign = numeral[place]
        total += values[sign]
        place += len(sign)
    return total
