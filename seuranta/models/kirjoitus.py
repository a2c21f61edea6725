"""How a row of a jakso is written, whatever it holds: nothing another wrote unseen is hidden, nothing comes late."""

from copy import copy
from functools import partial

from django.db import IntegrityError, OperationalError, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_create_with_history, bulk_update_with_history

from strategia.models import KunnanQuerySet
from strategia.vuoro import is_of_another

from .jaksot import Seurantajakso, SuljettuJakso
from .sijaisena import KIRJOITTAJA


class PoistettuKohde(Exception):
    """These rows were taken away (a mittari removed, an import undone) while answers of them were being written."""

    def __init__(self, kohteet):
        super().__init__(", ".join(str(kohde) for kohde in kohteet))
        self.kohteet = kohteet


class KirjattavaManager(models.Manager.from_queryset(KunnanQuerySet)):
    """Of a model that people write with a versio and a history.

    The model says of which row its row is (KENESTA, the name of a foreign key), what a person writes on it
    (KIRJATTAVAT) and what a write saves (SAVED_FIELDS), and has texts, texts_of, differs_from, is_untouched_by,
    conflicts_with and take.
    """

    def approve(self, jakso, versiot, *, by):
        """Approve {row's id: the versio that was looked at} -> (approved, those that are no longer so).

        A row that has been changed or settled since comes back in the second list as it is now, untouched.
        The number of queries does not depend on the number of rows. Raises SuljettuJakso.
        """
        settle = {"tila": self.model.Tila.HYVAKSYTTY, "palautuksen_syy": ""}
        return write_again_if_refused(jakso, lambda: self._settle_once(jakso, versiot, settle, by), by)

    def send_back(self, jakso, versiot, syy, *, by):
        """Return {row's id: versio} to be completed for the reason `syy`; the rest is as in approve."""
        settle = {"tila": self.model.Tila.PALAUTETTU, "palautuksen_syy": syy, "otettu_mukaan": False}
        return write_again_if_refused(jakso, lambda: self._settle_once(jakso, versiot, settle, by), by)

    def take_in(self, jakso, versiot, *, by):
        """Let the report count {row's id: versio} though nobody has sent them; the rest is as in approve."""
        return write_again_if_refused(jakso, lambda: self._take_in_once(jakso, versiot, by), by)

    def record(self, jakso, vastaukset, *, by, tuonti=None, reason=None, seen=None):
        """Save {row that is answered of: what was written} -> (saved rows, [(row as another left it, the answer)]).

        A row that another person rewrote after the answer was begun is not written: both texts come back.
        An approval in between is no rewriting, and a row that was only sent along untouched stays as they left it.
        tuonti, reason: the file that the answers came in and what the history says of it.
        seen: of one answer its row as it was just read, perhaps not saved yet. It is read and locked only if another
        has written it since.
        The number of queries does not depend on the number of rows. Raises SuljettuJakso, and PoistettuKohde when
        nothing was written because some of the rows are no more.
        """
        looks = [] if seen is None else [partial(self._record_seen, jakso, vastaukset, by, reason, seen)]
        again = partial(self.record_once, jakso, vastaukset, by, tuonti, reason)
        return self.write_of_those_there(jakso, vastaukset, lambda: (looks.pop() if looks else again)(), by)

    def record_once(self, jakso, vastaukset, by, tuonti, reason):
        """What record tries, in a transaction of its own."""
        return self.write_once({"jakso": jakso}, vastaukset, by, tuonti, reason)

    def write_of_those_there(self, jakso, vastaukset, write, by):
        """The result of write(), which answers of these rows; raises PoistettuKohde where some are no more."""
        try:
            return write_again_if_refused(jakso, write, by)
        except IntegrityError:
            gone = _list_gone(vastaukset)
            if not gone:
                raise
        raise PoistettuKohde(gone)

    def writers_of(self, rows):
        """{row's id: the row of history by which its present texts were written}; one query."""
        history = self.model.history.filter(id__in=[row.pk for row in rows]).select_related(*KIRJOITTAJA)
        writers, texts = {}, {}
        for row in history.order_by("history_id"):
            written = tuple(getattr(row, name) for name in self.model.KIRJATTAVAT)
            if texts.get(row.id) != written:
                texts[row.id], writers[row.id] = written, row
        return writers

    def untouched_since_return(self, rows):
        """The ids of those that were sent back and that nobody has completed since; one query, none without returns."""
        returned = {row.pk: row for row in rows if row.tila == self.model.Tila.PALAUTETTU}
        texts, states = {}, {}
        for row in self.model.history.filter(id__in=returned).order_by("history_id") if returned else ():
            if row.tila == self.model.Tila.PALAUTETTU and states.get(row.id) != row.tila:
                texts[row.id] = tuple(getattr(row, name) for name in self.model.KIRJATTAVAT)
            states[row.id] = row.tila
        return {pk for pk, row in returned.items() if texts.get(pk) == row.texts()}

    def write_once(self, place, vastaukset, by, tuonti, reason):
        """{row that is answered of: what was written} into the rows of `place` -> (saved, conflicts)."""
        model, owner = self.model, self.model.KENESTA
        rows = self.filter(**place, **{f"{owner}__in": list(vastaukset)})
        existing = {getattr(row, f"{owner}_id"): row for row in rows.select_for_update(of=("self",)).order_by("pk")}
        new, changed, conflicts = self._take_all(existing, place, vastaukset, by)
        for row in new + changed if tuonti else ():
            row.tuonti = tuonti
        if new:
            new = bulk_create_with_history(new, model, default_user=by, default_change_reason=reason)
        if changed:
            fields = [*model.SAVED_FIELDS, "tuonti"] if tuonti else model.SAVED_FIELDS
            bulk_update_with_history(changed, model, fields, default_user=by, default_change_reason=reason)
        return new + changed, conflicts

    def _record_seen(self, jakso, vastaukset, by, reason, seen):
        """As write_once, of one row that is known: its versio says whether another has written it since."""
        existing = {whose.pk: copy(seen) for whose in vastaukset if seen.pk}
        new, changed, conflicts = self._take_all(existing, {"jakso": jakso}, vastaukset, by)
        if conflicts:
            raise _ToinenEhti  # it comes back as it is now
        if new:
            new = bulk_create_with_history(new, self.model, default_user=by, default_change_reason=reason)
        for row in changed:
            values = {name: getattr(row, name) for name in self.model.SAVED_FIELDS}
            if not self.filter(pk=row.pk, versio=seen.versio).update(**values):
                raise _ToinenEhti
            self.model.history.bulk_history_create([row], update=True, default_user=by, default_change_reason=reason)
        return new + changed, []

    def _take_all(self, existing, place, vastaukset, by):
        """{id of the row that is answered of: its row} -> (new rows, changed rows, conflicts), none of them saved."""
        model, owner = self.model, self.model.KENESTA
        bases = self._texts_begun_from(existing, vastaukset)
        new, changed, conflicts = [], [], []
        for whose, vastaus in vastaukset.items():
            row = existing.get(whose.pk) or model(kunta_id=whose.kunta_id)
            for name, value in {**place, owner: whose}.items():
                setattr(row, name, value)
            if not row.differs_from(vastaus) or row.is_untouched_by(vastaus, bases.get(row.pk)):
                continue
            if row.conflicts_with(vastaus, bases.get(row.pk)):
                conflicts.append((row, vastaus))
                continue
            row.take(vastaus, by=by)
            (changed if row.pk else new).append(row)
        return new, changed, conflicts

    def _texts_begun_from(self, existing, vastaukset):
        """{row's id: its texts at the versio its answer was begun from}, of those that have been saved since."""
        begun = {
            row.pk: vastaus.versio
            for whose, vastaus in vastaukset.items()
            if (row := existing.get(whose.pk)) and row.versio != vastaus.versio
        }
        if not begun:
            return {}
        names = self.model.KIRJATTAVAT
        bases = {pk: self.model().texts() for pk, versio in begun.items() if versio == 0}
        rows = self.model.history.filter(id__in=begun, versio__in=set(begun.values()))
        for row in rows.values("id", "versio", *names):
            if row["versio"] == begun[row["id"]]:
                bases[row["id"]] = tuple(row[name] for name in names)
        return bases

    def _settle_once(self, jakso, versiot, values, by):
        return self._set_once(jakso, versiot, values, by, lambda row: row.tila == row.Tila.LAHETETTY)

    def _take_in_once(self, jakso, versiot, by):
        return self._set_once(jakso, versiot, {"otettu_mukaan": True}, by, lambda row: not row.is_reported)

    def _set_once(self, jakso, versiot, values, by, is_open):
        """Put the values on the rows that are still open to it and as they were looked at."""
        rows = self.filter(jakso=jakso, pk__in=versiot).select_for_update(of=("self",)).order_by("pk")
        settled, changed_since, now = [], [], timezone.now()
        for row in rows:
            if not is_open(row) or row.versio != versiot[row.pk]:
                changed_since.append(row)
                continue
            for name, value in {**values, "versio": row.versio + 1, "muokattu": now}.items():
                setattr(row, name, value)
            settled.append(row)
        if settled:
            # The same values on every row: one UPDATE, where bulk_update would send the rows in batches.
            ids = [row.pk for row in settled]
            self.filter(pk__in=ids).update(versio=models.F("versio") + 1, muokattu=now, **values)
            self.model.history.bulk_history_create(
                settled, update=True, hyvaksyen=True, default_user=by, default_date=now
            )
        return settled, changed_since


def _list_gone(rows):
    of_kind = type(next(iter(rows)))._base_manager
    there = set(of_kind.filter(pk__in=[row.pk for row in rows]).values_list("pk", flat=True))
    return [row for row in rows if row.pk not in there]


def write_again_if_refused(jakso, write, by):
    """The result of write() in a transaction of its own, tried three times. Raises SuljettuJakso.

    jakso: the one that is written to; None of a value that belongs to none. by: None for a program.
    """
    for attempt in (1, 2, 3):
        if jakso is not None and not jakso.takes_from(by):
            raise SuljettuJakso(_("Jakso %(nimi)s ei ota enää vastaan kirjauksia.") % {"nimi": jakso.nimi})
        try:
            with transaction.atomic():
                written = write()
                # What has been written holds the jakso where it is (FOR SHARE, by the trigger): what is seen now is
                # still true when the transaction ends.
                if jakso is not None and not Seurantajakso.objects.filter(pk=jakso.pk, tila=jakso.tila).exists():
                    raise _ToinenEhti
                return written
        except (IntegrityError, OperationalError, _ToinenEhti) as refused:
            # Between our look and our write another editor made the same row, or the jakso was
            # moved, or closed and its trigger refused us. Look again; a third collision is a bug.
            if attempt == 3 or not (isinstance(refused, _ToinenEhti) or is_of_another(refused)):
                raise
            if jakso is not None:
                jakso.tila = Seurantajakso.objects.filter(pk=jakso.pk).values_list("tila", flat=True).first()
    raise AssertionError("unreachable")


class _ToinenEhti(Exception):
    """The jakso is in another state than it was when its rows were read, or the row in another versio."""
