"""A resource whose cells leave as clean texts: what is closed holds what it held, and is cleaned as it leaves."""

from import_export.resources import ModelResource

from strategia.teksti import clean_stored


class PuhdasResource(ModelResource):
    def export_field(self, field, instance, **kwargs):
        return clean_stored(super().export_field(field, instance, **kwargs))
