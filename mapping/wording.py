"""Write numbers, spans and lists in words as Swedish does."""

from collections.abc import Iterable


def span(first: int, last: int) -> str:
    """Write a span of ages with an en dash, or one age.

    Examples
    --------
    >>> span(0, 6), span(4, 4)
    ('0–6', '4')
    """
    return str(first) if first == last else f"{first}–{last}"


def either(words: Iterable[str], *, last: str = "eller") -> str:
    """Join words with commas, and `last` before the last one.

    Examples
    --------
    >>> either(["Nora", "Laxå", "Kumla"]), either([])
    ('Nora, Laxå eller Kumla', '')
    """
    *first, final = [*words] or [""]
    return f"{', '.join(first)} {last} {final}" if first else final


def swedish_order(word: str) -> str:
    """Give a key that sorts words as Swedish does: å, ä, ö after z.

    Examples
    --------
    >>> sorted(["Örebro", "Askersund", "Åmål", "Ängelholm"], key=swedish_order)
    ['Askersund', 'Åmål', 'Ängelholm', 'Örebro']
    """
    return word.casefold().translate(str.maketrans("åäö", "{|}"))


def swedish_number(value: float, decimals: int = 0) -> str:
    """Write a number with decimal comma, and a no-break space between thousands.

    Examples
    --------
    >>> swedish_number(1234.5, 1) == "1\N{NO-BREAK SPACE}234,5"
    True
    """
    return f"{value:,.{decimals}f}".replace(",", "\N{NO-BREAK SPACE}").replace(".", ",")
