"""The published versions of a kunta -> an Atom feed, the newest first, by which a reader hears of a new report."""

from datetime import UTC, datetime

from django.urls import reverse
from django.utils import translation
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _

from strategia.models import Kunta
from strategia.sahkoposti import absolute_url

ENINTAAN = 30  # entries


class Syote(Atom1Feed):
    """One without entries says the same at each reading."""

    def latest_post_date(self):
        return super().latest_post_date() if self.items else datetime(2000, 1, 1, tzinfo=UTC)

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["uudempi"]:
            handler.addQuickElement("link", "", {"rel": "latest-version", "href": item["uudempi"]})


def render_feed(kunta: Kunta, versiot) -> bytes:
    """Its links follow SITE_URL, whatever Host the reader asked by; versiot: of list_versions."""
    with translation.override("fi"):
        feed = Syote(
            title=_("%(kunta)s: strategian seurannan raportit") % {"kunta": kunta.nimi},
            link=absolute_url(reverse("raportit:julkinen-lista", args=[kunta.slug])),
            description=_("Julkaistut raportit, uusin ensin."),
            language="fi",
            author_name=kunta.virallinen_nimi or kunta.nimi,
            feed_url=absolute_url(reverse("raportit:avoin-syote", args=[kunta.slug])),
        )
        for versio in versiot[:ENINTAAN]:
            uudempi = versio.uudempi
            feed.add_item(
                title=str(versio),
                link=_page_of(kunta, versio),
                description=_describe(versio),
                unique_id=versio.tunnus.urn,
                pubdate=versio.julkaistu,
                updateddate=uudempi.julkaistu if uudempi else versio.julkaistu,
                uudempi=_page_of(kunta, uudempi) if uudempi else "",
            )
        return feed.writeString("utf-8").encode()


def _page_of(kunta, versio):
    return absolute_url(reverse("raportit:julkinen-versio", args=[kunta.slug, versio.tunnus]))


def _describe(versio):
    told = _("Tiedot koottu %(pvm)s.") % {"pvm": f"{versio.luotu:%-d.%-m.%Y}"}
    if versio.uudempi:
        told += " " + _("Korvattu versiolla %(versio)s.") % {"versio": versio.uudempi.numero}
    return told
