"""What a person may say that a column is."""

from django.utils.translation import gettext_lazy as _

from strategia.models import LISAKENTAT

from ..tiedosto.rivit import POIS, role_word

ROOLIEN_RYHMAT = [
    (_("Suunnitelma"), ["painopiste", "tavoite", "toimialan_tavoite", "koodi", "toimenpide"]),
    (_("Kenen"), ["toimielin", "toimiala", "vastuu"]),
    (_("Arvio"), ["jakso", "toteutumisaste", "kommentti", *LISAKENTAT, "syy", "sisainen_huomio"]),
    (_("Mittari"), ["mittari", "mittari.lahto", "mittari.tavoite", "mittari.arvo", "mittari.suunta"]),
    (_("Muut"), ["riski", "sdg", "voimassa", "voimassa.alkaa", "voimassa.paattyy", "oma", "oma.kirjaus", POIS]),
]
ROOLIT = [rooli for _ryhma, roolit in ROOLIEN_RYHMAT for rooli in roolit]
SARAKKEEN_ROOLIT = [(ryhma, [(rooli, role_word(rooli)) for rooli in roolit]) for ryhma, roolit in ROOLIEN_RYHMAT]
