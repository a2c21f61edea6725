"""Two text fields that follow other fields of the same row: the key of a name, and the text to search in.

Both compute themselves in pre_save, as Django's own auto_now does, so that save() and bulk_create() agree.
"""

from django.db import models

from .nimet import avain, searchable


class AvainField(models.CharField):
    """The sha256 of a normalised name: unique keys for names too long for an index."""

    def __init__(self, source="nimi", **kwargs):
        self.source = source
        super().__init__(**{"max_length": 64, "editable": False, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "source": self.source}

    def pre_save(self, model_instance, add):
        value = avain(getattr(model_instance, self.source))
        setattr(model_instance, self.attname, value)
        return value


class HakuField(models.TextField):
    """The sources casefolded in one text: SQLite's LIKE and lower() do not know that Ä is ä."""

    def __init__(self, sources=("nimi",), **kwargs):
        self.sources = sources
        super().__init__(**{"editable": False, "blank": True, **kwargs})

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        return name, path, args, {**kwargs, "sources": self.sources}

    def pre_save(self, model_instance, add):
        value = searchable("\n".join(getattr(model_instance, source) for source in self.sources))
        setattr(model_instance, self.attname, value)
        return value
