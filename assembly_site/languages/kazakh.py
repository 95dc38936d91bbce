"""Small rules of Kazakh grammar that a sentence with a name in it needs."""


def attributive(locative: str) -> str:
    """«Абай облысында» → «Абай облысындағы», «Шымкентте» → «Шымкенттегі»: what is in a place."""
    return f"{locative}{'гі' if locative.endswith('е') else 'ғы'}"
