"""veraPDF, the reference checker, finds nothing in our PDFs: each is both PDF/UA-1 and PDF/A-2a."""

import io
import subprocess
from base64 import b64encode
from dataclasses import replace

import pikepdf
from PIL import Image

from raportit.muodot.pdf import render_pdf
from raportit.osavuosikatsaus import Sarake
from raportit.osavuosikatsaus.rinnakkain import Vertailu
from raportit.tyyli.esimerkki import build_example
from strategia.models import LISAKENTAT, SANASTO
from tests.ohjelmat.verapdf import check_pdfs
from tests.ymparisto import paivan_osa

OUDOT = {
    "merkkejä, joita kirjasimissa ei ole": "漢字 한글 😀 \ufdd0",
    "Wordin luettelomerkit": "\uf0b7 ensin \uf0a7 sitten \ue000 \U0010fffd",
    "rivinvaihdot": "a\u2028b\u2029c\u200bx\ufeff",
    "yhdistyvät": "e\u0301 ä\u0308 ﬁ ffi Š ž – €",
}


def sanoin(teksti):
    """The example with this text in every place that a person writes."""
    example = build_example()
    [painopiste] = example.painopisteet
    [tavoite] = painopiste.tavoitteet
    first = replace(tavoite.rivit[0], toimenpide=teksti, kommentti=teksti)
    tavoite = replace(tavoite, nimi=teksti, rivit=(first, *tavoite.rivit[1:]))
    return replace(example, avaus=teksti, painopisteet=(replace(painopiste, nimi=teksti, tavoitteet=(tavoite,)),))


def osoittein(count):
    """Long addresses in one comment, each of which goes over lines and some over pages."""
    example = build_example()
    [painopiste] = example.painopisteet
    [tavoite] = painopiste.tavoitteet
    teksti = f"Katso https://keuruu.fi/{'kaavoitus-' * 30} ja (http://äänekoski.fi). " * count
    tavoite = replace(tavoite, rivit=(replace(tavoite.rivit[0], kommentti=teksti), *tavoite.rivit[1:]))
    return replace(example, painopisteet=(replace(painopiste, tavoitteet=(tavoite,)),))


def logolla(mode):
    example, target = build_example(), io.BytesIO()
    Image.new(mode, (300, 80)).save(target, "PNG")
    logo = f"data:image/png;base64,{b64encode(target.getvalue()).decode()}"
    return replace(example, kunta=replace(example.kunta, logo=logo, korostusvari="#7a1f5c"))


def leveana():
    """Every column in use, so that the pages are turned, and comments that go over pages."""
    example = build_example()
    [painopiste] = example.painopisteet
    [tavoite] = painopiste.tavoitteet
    texts = dict.fromkeys(("vastuu", "riski", "mittari", *LISAKENTAT), "Riskinarviointi ja kustannukset.")
    rows = tuple(replace(rivi, **texts, kommentti="Pitkä kommentti etenee. " * 300) for rivi in tavoite.rivit)
    roolit = ("toimenpide", "toimiala", "vastuu", "riski", "mittari", "toteutumisaste", "kommentti", *LISAKENTAT)
    return replace(
        example,
        sarakkeet=tuple(Sarake(rooli, (SANASTO | LISAKENTAT)[rooli]) for rooli in roolit),
        painopisteet=(replace(painopiste, tavoitteet=(replace(tavoite, rivit=rows),)),),
    )


def vertailu(count, kommentit):
    example = build_example()
    raportit = [replace(example, jakso=replace(example.jakso, id=n, nimi=f"Jakso {n}")) for n in range(count)]
    return Vertailu(tuple(raportit), kommentit)


def test_nothing_is_wrong_in_any_of_them():
    raportit = {
        **{esitys: build_example(esitys=esitys) for esitys in ("numerot", "sanat", "liikennevalo", "ei")},
        "luonnos": replace(build_example(), versio=None),
        "osa": replace(build_example(), rajaus=("Toimiala: Sivistyspalvelut",)),
        **{f"logo, {mode}": logolla(mode) for mode in ("RGB", "RGBA", "L")},
        **{nimi: sanoin(teksti) for nimi, teksti in OUDOT.items()},
        "leveä": leveana(),
        "osoitteita": osoittein(60),
        "vertailu": vertailu(2, kommentit=False),
        "vertailu kommentein": vertailu(4, kommentit=True),
    }
    assert check_pdfs({nimi: render_pdf(raportti) for nimi, raportti in paivan_osa(raportit.items())}) == []


def test_a_fault_is_found():
    """The checker does check: without its language or its colours, or with a page that no tag tells, a file fails."""
    with pikepdf.open(io.BytesIO(render_pdf(build_example()))) as pdf:
        del pdf.Root.Lang, pdf.Root.OutputIntents
        pdf.pages[1].Contents = pdf.make_stream(b"BT ET 0 0 10 10 re f")
        target = io.BytesIO()
        pdf.save(target)
    broken = check_pdfs({"rikki": target.getvalue()})
    assert {flavour for _name, flavour, _what in broken} == {"PDFUA_1", "PDFA_2_A"}
    assert [what for _name, flavour, what in broken if flavour == "PDFUA_1" and what.startswith("7.1-3:")]


def test_a_letter_that_no_font_has_is_a_box_and_a_bullet_of_word_a_bullet(tmp_path):
    path = tmp_path / "r.pdf"
    path.write_bytes(render_pdf(sanoin("\uf0b7 ensin \uf0a7 sitten \ue000 \U0010fffd \ufdd0 loppu")))
    read = subprocess.run(["pdftotext", "-raw", path, "-"], capture_output=True, check=True, text=True).stdout
    assert "• ensin ▪ sitten □ □ □ loppu" in read
