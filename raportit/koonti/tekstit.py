"""The koordinaattori's texts of painopisteet, when two of those are joined."""

from django.utils.translation import gettext as _

from seuranta.models import KOMMENTIN_PITUUS
from strategia.models import Painopiste
from strategia.rakenne.yhdistaminen import EiYhdisty

from ..models import Saate


def move_texts(gone, kept, *, by):
    """In every jakso the text of the painopiste that goes comes after that of the one that stays. Raises EiYhdisty.

    Also in a closed one, whose report holds its own: opened again it would have lost the text.
    """
    if not isinstance(gone, Painopiste):
        return
    of_plan = Saate.objects.filter(kunta=gone.kunta_id, jakso__strategia=gone.strategia_id)
    mine = of_plan.filter(painopisteet__has_key=str(gone.pk))
    for saate in mine.select_for_update(of=("self",)):
        texts = [saate.painopisteet.get(str(kept.pk)), saate.painopisteet.pop(str(gone.pk))]
        joined = "\n\n".join(filter(None, texts))
        if len(joined) > KOMMENTIN_PITUUS:
            raise EiYhdisty([_("Raportin tekstit ovat yhdessä liian pitkät. Lyhennä niitä ensin.")])
        saate.painopisteet[str(kept.pk)] = joined
        saate.versio += 1
        saate._history_user = by
        saate.save()
