"""Seurantajakso -> who has answered what: every row with its answerers, by toimiala and by person."""

from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property

from django.db.models import Max

from strategia.models import Ilmoitusviesti, Jasenyys, Kayttaja, Toimiala, Vastuuhenkilo, people_with_sijaiset
from strategia.permissions import administers, approves_by_role, coordinates, is_bound_to_toimialat

from ..models import Kirjaus, MittariArvo
from .rivit import Vastausmittari, Vastausrivi, count_in_words, read_mittarit


@dataclass
class _Laskettu:
    """Rows counted: how many in all, sent, approved, untouched, and how many still to be sent.

    The mittarit of no toimenpide are answered by themselves: they are in no figure of rows. All is added before
    anything is counted.
    """

    rivit: list[Vastausrivi] = field(default_factory=list)
    mittarit: list[Vastausmittari] = field(default_factory=list)
    viimeksi: datetime | None = None
    muistutus: Ilmoitusviesti | None = None

    def add(self, rivi):
        (self.rivit if isinstance(rivi, Vastausrivi) else self.mittarit).append(rivi)

    @property
    def kaikki(self):
        return len(self.rivit)

    @cached_property
    def lahetetty(self):
        return sum(rivi.is_sent for rivi in self.rivit)

    @cached_property
    def hyvaksytty(self):
        return sum(rivi.is_approved for rivi in self.rivit)

    @cached_property
    def vastaamatta(self):
        return sum(rivi.is_untouched for rivi in self.rivit)

    @cached_property
    def avoimet(self):
        """The rows that are still to be sent, in the plan's order."""
        return [rivi for rivi in self.rivit if not rivi.is_sent]

    @cached_property
    def avoimet_mittarit(self):
        return [rivi for rivi in self.mittarit if not rivi.is_sent]

    @property
    def lahetetyt_mittarit(self):
        return len(self.mittarit) - len(self.avoimet_mittarit)

    @cached_property
    def koskemattomat_mittarit(self):
        return [rivi for rivi in self.mittarit if rivi.is_untouched]

    @cached_property
    def kesken(self):
        """All that is still to be sent, rows first: what a message tells of."""
        return [*self.avoimet, *self.avoimet_mittarit]

    @property
    def kesken_sanoin(self):
        return count_in_words(self.kesken)

    @property
    def is_remindable(self):
        """Is there something open that somebody would be reminded of?"""
        return any(rivi.vastaajat for rivi in self.kesken)

    @property
    def ilman_vastaajaa(self):
        """What is open that nobody in use can answer, and that no reminder therefore names."""
        return [rivi for rivi in self.kesken if not rivi.vastaajat]


@dataclass
class Toimialarivi(_Laskettu):
    """How far one toimiala is; toimiala None stands for the toimenpiteet without one."""

    toimiala: Toimiala | None = None
    maaraaika: date | None = None  # its own, where it has one


@dataclass
class Henkilorivi(_Laskettu):
    """How far one person is with what is theirs to answer."""

    kayttaja: Kayttaja | None = None

    @property
    def toimialat(self):
        return list(dict.fromkeys(str(r.toimiala) for r in (*self.rivit, *self.mittarit) if r.toimiala))


@dataclass(frozen=True)
class Vastaustilanne:
    rivit: list[Vastausrivi]
    mittarit: list[Vastausmittari]
    toimialat: list[Toimialarivi]
    henkilot: list[Henkilorivi]

    @cached_property
    def yhteensa(self):
        return _Laskettu(self.rivit, self.mittarit)

    @property
    def ilman_vastaajaa(self):
        return self.yhteensa.ilman_vastaajaa

    @property
    def ilman_vastaajaa_sanoin(self):
        return count_in_words(self.ilman_vastaajaa)


def build_tilanne(jakso):
    """The Vastaustilanne of the jakso as it is now; eleven queries whatever the number of rows and people.

    Of the rows only what the Vastausrivi tells is read: the texts of thousands would take longer than all else here.
    """
    rows = Kirjaus.objects.filter(jakso=jakso).only("toimenpide", "tila", "muokattu", "palautuksen_syy")
    kirjaukset = {kirjaus.toimenpide_id: kirjaus for kirjaus in rows}
    toimenpiteet = list(jakso.toimenpiteet_toimialoineen().only("koodi", "nimi", "toimiala"))
    arvot, own = read_mittarit(jakso), _own_deadlines(jakso)
    of_toimenpiteet, of_mittarit = answerers_of_all(jakso, toimenpiteet, list(arvot))
    rivit = [
        Vastausrivi(t, kirjaukset.get(t.pk), of_toimenpiteet[t.pk], own.get(t.toimiala_id, jakso.vastaus_viimeistaan))
        for t in toimenpiteet
    ]
    mittarit = [
        Vastausmittari(m, arvo, of_mittarit[m.pk], own.get(m.toimiala_id, jakso.vastaus_viimeistaan))
        for m, arvo in arvot.items()
    ]
    toimialat, henkilot = _by_toimiala([*rivit, *mittarit], own), _by_person([*rivit, *mittarit], jakso)
    _add_reminders(jakso, toimialat, henkilot)
    return Vastaustilanne(rivit, mittarit, toimialat, henkilot)


def _own_deadlines(jakso):
    return dict(jakso.maaraajat.values_list("toimiala_id", "vastaus_viimeistaan"))


def answerers_of(jakso, toimenpiteet):
    """{toimenpide's id: the people who are to answer}; see _choose."""
    return answerers_of_all(jakso, toimenpiteet, [])[0]


def answerers_of_all(jakso, toimenpiteet, mittarit):
    """[{toimenpide's id: the people who are to answer}, {mittari's: they}]; on a mittari nobody is named."""
    people, members = _people_of(jakso)
    named = {}
    for toimenpide, user in _pairs(Vastuuhenkilo, "toimenpide_id", jakso):
        if user in people:
            named.setdefault(toimenpide, []).append(user)
    both = ((toimenpiteet, named), (mittarit, {}))
    return [{r.pk: _with_sijaiset(_choose(r, people, given, members), people) for r in rows} for rows, given in both]


def _with_sijaiset(users, people):
    """The people of these ids, after each of them who stands in for that one today: the rows are theirs, too."""
    both = (pk for user in users for pk in (user, *(people[user].sijaisten_idt or ())))
    return tuple(people[pk] for pk in dict.fromkeys(both))


def _people_of(jakso):
    """({id: person in use, with sijaiset told}, {toimiala's id: [ids of those who answer in it]})"""
    in_use = people_with_sijaiset().filter(kunta=jakso.kunta_id, is_active=True)
    people, members = {user.pk: user for user in in_use}, {}
    for user in people.values():
        user.sijaiset_tanaan = [people[pk] for pk in user.sijaisten_idt or ()]
    for toimiala, user in _pairs(Jasenyys, "toimiala_id", jakso):
        if user in people and is_bound_to_toimialat(people[user]):
            members.setdefault(toimiala, []).append(user)
    return people, members


def _pairs(model, parent, jakso):
    rows = model.objects.filter(kunta=jakso.kunta_id).order_by("kayttaja__nimi", "pk")
    return rows.values_list(parent, "kayttaja_id")


def _choose(toimenpide, people, named, members):
    """Those named on the row who may record it; else its toimiala's raportoijat, else its hyväksyjät.

    A raportoija does not see a row that has been given to others, so it is the hyväksyjä's when those may not
    record it. The name of somebody who is no longer in use means nothing.
    A row without a toimiala is the koordinaattori's until given.
    """
    own, given = members.get(toimenpide.toimiala_id, []), named.get(toimenpide.pk, [])
    may = [u for u in given if u in own or coordinates(people[u])]
    if may:
        return may
    if toimenpide.toimiala_id is None:
        return _coordinating(people)
    raportoijat = [u for u in own if not approves_by_role(people[u]) and not given]
    return raportoijat or [u for u in own if approves_by_role(people[u])]


def _coordinating(people):
    """The ids of the koordinaattorit; of the pääkäyttäjät where there is none."""
    coordinating = [u for u in people if coordinates(people[u])]
    return [u for u in coordinating if not administers(people[u])] or coordinating


def list_approvers(jakso):
    """{toimiala's id: its hyväksyjät}, with the koordinaattorit under None: for where there is nobody else."""
    people, members = _people_of(jakso)
    approving = {toimiala: [u for u in users if approves_by_role(people[u])] for toimiala, users in members.items()}
    found = {toimiala: list(_with_sijaiset(users, people)) for toimiala, users in approving.items()}
    return found | {None: [people[u] for u in _coordinating(people)]}


def _by_toimiala(rivit, own):
    """[Toimialarivi] in the order of toimialat, what has none last."""
    found = {}
    for rivi in rivit:
        key = rivi.toimiala.pk if rivi.toimiala else None
        osa = found.setdefault(key, Toimialarivi(toimiala=rivi.toimiala, maaraaika=own.get(key)))
        osa.add(rivi)
        if rivi.vastaus and (osa.viimeksi is None or rivi.vastaus.muokattu > osa.viimeksi):
            osa.viimeksi = rivi.vastaus.muokattu
    return sorted(found.values(), key=_in_order)


def _in_order(osa):
    return (osa.toimiala is None, osa.toimiala.jarjestys if osa.toimiala else 0, str(osa.toimiala))


def _by_person(rivit, jakso):
    """[Henkilorivi] by name: everyone who answers for a row or a mittari, whether it has been sent or not."""
    last, found = _last_saves(jakso), {}
    for rivi in rivit:
        for user in rivi.vastaajat:
            found.setdefault(user.pk, Henkilorivi(kayttaja=user, viimeksi=last.get(user.pk))).add(rivi)
    return sorted(found.values(), key=lambda henkilo: (str(henkilo.kayttaja).casefold(), henkilo.kayttaja.pk))


def _last_saves(jakso):
    """{person's id: when they last saved something of the jakso}; one query."""
    saves = (
        model.history.filter(jakso=jakso.pk, kunta=jakso.kunta_id).order_by().values_list("history_user")
        for model in (Kirjaus, MittariArvo)
    )
    of_rows, of_values = (each.annotate(viimeksi=Max("history_date")) for each in saves)
    return dict(sorted(of_rows.union(of_values, all=True), key=lambda pair: pair[1]))


def _add_reminders(jakso, toimialat, henkilot):
    """The last message to each person, and to anybody of each toimiala."""
    reminders = jakso.viestit.filter(laji=Ilmoitusviesti.Laji.MUISTUTUS).exclude(tila=Ilmoitusviesti.Tila.KORVATTU)
    last = {m.kayttaja_id: m for m in reminders.order_by("yritetty").defer("toimenpiteet", "mittarit")}
    for henkilo in henkilot:
        henkilo.muistutus = last.get(henkilo.kayttaja.pk)
    for osa in toimialat:
        people = {user.pk for rivi in (*osa.rivit, *osa.mittarit) for user in rivi.vastaajat}
        sent = [last[pk] for pk in people if pk in last and last[pk].is_sent]
        osa.muistutus = max(sent, key=lambda m: m.yritetty, default=None)
