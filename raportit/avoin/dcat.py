"""The published reports of a kunta -> DCAT-AP as JSON-LD, by which a catalogue (avoindata.fi) harvests them."""

from django.utils.text import Truncator

from strategia.models import Kunta

from .osoite import LISENSSI, file_url, newest_url, page_url

_EU = "http://publications.europa.eu/resource/authority"
_KONTEKSTI = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# {the end of the address: (the authority's word for the file type, IANA's media type, what it is called)}
JAKELUT = {
    "json": ("JSON", "application/json", "JSON"),
    "csv": ("CSV", "text/csv", "CSV, toimenpiteet"),
    "mittarit.csv": ("CSV", "text/csv", "CSV, mittarit"),
    "xlsx": ("XLSX", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"),
}


def describe(kunta: Kunta, versiot) -> dict:
    """A catalogue of one data set for each version and of one that is always the newest; versiot: the newest first."""
    page = page_url(kunta.slug)
    sets = [_describe_version(kunta, versio) for versio in versiot]
    if versiot:
        newest = {muoto: newest_url(kunta.slug, muoto) for muoto in JAKELUT}
        title = f"{kunta.nimi}: strategian seurannan uusin raportti"
        sets.insert(0, _dataset(kunta, f"{page}#uusin", title, newest, versiot[0]))
    return {
        "@context": _KONTEKSTI,
        "@id": page,
        "@type": "dcat:Catalog",
        "dct:title": _fi(f"{kunta.nimi}: strategian seurannan avoin data"),
        "dct:description": _fi("Kunnan julkaistut strategian seurannan raportit koneluettavina."),
        "dct:publisher": _publisher(kunta),
        "dct:license": {"@id": LISENSSI},
        "dct:language": {"@id": f"{_EU}/language/FIN"},
        "foaf:homepage": {"@id": page},
        "dcat:dataset": sets,
    }


def _describe_version(kunta, versio):
    files = {muoto: file_url(kunta.slug, versio.tunnus, muoto) for muoto in JAKELUT}
    title = f"{kunta.nimi}: {versio.jakso.strategia.nimi}, {versio}"
    told = _dataset(kunta, f"{page_url(kunta.slug)}#{versio.tunnus}", title, files, versio)
    if versio.uudempi:
        told["dct:isReplacedBy"] = {"@id": f"{page_url(kunta.slug)}#{versio.uudempi.tunnus}"}
    return told


def _dataset(kunta, identity, title, files, versio):
    told = {
        "@id": identity,
        "@type": "dcat:Dataset",
        "dct:identifier": identity,
        "dct:title": _fi(Truncator(title).chars(300)),
        "dct:description": _fi("Toimenpiteet arvioineen ja kommentteineen sekä mittarien arvot, kuten ne julkaistiin."),
        "dct:publisher": _publisher(kunta),
        "dct:language": {"@id": f"{_EU}/language/FIN"},
        "dct:accessRights": {"@id": f"{_EU}/access-right/PUBLIC"},
        "dcat:theme": {"@id": f"{_EU}/data-theme/GOVE"},
        "dcat:keyword": [_fi("strategia"), _fi("osavuosikatsaus"), _fi("kunta")],
        "dcat:landingPage": {"@id": page_url(kunta.slug)},
        "dcat:distribution": [_distribution(muoto, url) for muoto, url in files.items()],
    }
    if versio.julkaistu:
        told["dct:issued"] = {"@value": versio.julkaistu.isoformat(timespec="seconds"), "@type": "xsd:dateTime"}
    days = (("dcat:startDate", versio.jakso.alkaa), ("dcat:endDate", versio.jakso.paattyy))
    if any(day for _name, day in days):
        told["dct:temporal"] = {"@type": "dct:PeriodOfTime"} | {
            name: {"@value": day.isoformat(), "@type": "xsd:date"} for name, day in days if day
        }
    return told


def _distribution(muoto, url):
    word, media, title = JAKELUT[muoto]
    return {
        "@id": url,
        "@type": "dcat:Distribution",
        "dct:title": _fi(title),
        "dcat:accessURL": {"@id": url},
        "dcat:downloadURL": {"@id": url},
        "dct:license": {"@id": LISENSSI},
        "dct:format": {"@id": f"{_EU}/file-type/{word}"},
        "dcat:mediaType": {"@id": f"https://www.iana.org/assignments/media-types/{media}"},
    }


def _publisher(kunta):
    name = _fi(kunta.virallinen_nimi or kunta.nimi)
    return {"@id": f"{page_url(kunta.slug)}#julkaisija", "@type": "foaf:Agent", "foaf:name": name}


def _fi(text):
    return {"@value": text, "@language": "fi"}
