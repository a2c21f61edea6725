"""Numbers as Finnish writes them."""

from django.utils.formats import number_format


def luku(n):
    """19 000, with a space that does not break."""
    return str(n) if n < 1000 else number_format(n, force_grouping=True)  # a report has thousands of small ones
