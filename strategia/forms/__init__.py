"""Forms of the strategia: the kunta, its users, its toimialat and its plan."""

from .kayttajat import AccountAdapter, KayttajaForm, KutsuForm
from .kunta import KuntaForm, LogoInput, PalauteForm
from .suunnitelma import LisakenttaForm, LopetusForm, PainopisteForm, TavoiteField, TavoiteForm, ToimenpideForm
from .toimialat import JakoForm, ToimialaForm, ToimialanNimiForm, YhdistamisForm

__all__ = [
    "AccountAdapter",
    "JakoForm",
    "KayttajaForm",
    "KuntaForm",
    "KutsuForm",
    "LisakenttaForm",
    "LogoInput",
    "LopetusForm",
    "PainopisteForm",
    "PalauteForm",
    "TavoiteField",
    "TavoiteForm",
    "ToimenpideForm",
    "ToimialaForm",
    "ToimialanNimiForm",
    "YhdistamisForm",
]
