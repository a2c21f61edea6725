"""A POST that could not be taken -> what it held, so that its page can show it and send it again."""

SALAISET = ("password", "salasana")  # parts of the names of fields that no page repeats


def keep_posted(request):
    """{"kentat": every field as (name, value), "tekstit": those that a person wrote}; None if it cannot be sent again.

    A form with a file or a password is not kept: the browser must ask for those again.
    """
    if request.method != "POST" or request.FILES:
        return None
    kentat = [
        (name, value) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken" for value in values
    ]
    if any(secret in name.lower() for name, _value in kentat for secret in SALAISET):
        return None
    tekstit = [value for _name, value in kentat if len(value.split()) > 1]
    return {"kentat": kentat, "tekstit": tekstit}
