"""A list of people: pasted, or a file."""

from django.utils.translation import gettext_lazy as _

from ..tuonti.forms import TuontiForm


class KutsulistaForm(TuontiForm):
    """As a table comes in, with words of its own."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["liite"].label = _("Liitä lista")
        self.fields["liite"].widget.attrs["rows"] = 6
        self.fields["liite"].help_text = _(
            "Nimi, sähköposti, rooli ja toimialat omissa sarakkeissaan. Otsikkorivi ei ole pakollinen. "
            "Sarakkeiden välissä on sarkain, puolipiste tai pilkku, kuten Excelistä kopioitaessa."
        )
        self.fields["tiedosto"].label = _("tai valitse tiedosto")
        self.fields["tiedosto"].help_text = _("Excel, LibreOffice, CSV tai teksti.")
        self.order_fields(["liite", "tiedosto"])
