"""Many people invited at once: a list is pasted or sent, looked through line by line, and invited in one act."""

import json

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from strategia.kayttaja.kutsuttavat import invite_listed, read_lista
from strategia.koko import takes
from strategia.permissions import can_manage_users
from strategia.teksti import clean_text

from ..taulukko.guard.limits import MAX_BYTES
from ..tiedosto.luenta import read_file
from .forms import KutsulistaForm

LUKIJA = "seuranta.kutsulista.rows"
ENINTAAN = 500  # people at once
KAUKANA = 2 * ENINTAAN  # the line after which empty lines are not kept: a stray cell may be on the millionth
NIMIA = 5  # of those who are there already


@takes(tiedosto=MAX_BYTES)
def kutsulista(request):
    """The list; sent, its preview; confirmed, what of it is left over."""
    kunta = request.user.kunta
    if not can_manage_users(request.user, kunta):
        raise PermissionDenied
    if request.method != "POST":
        return _show(request, KutsulistaForm())
    if "vahvista" in request.POST:
        return _invite(request, _posted_cells(request.POST.get("rivit", "")))
    form = KutsulistaForm(request.POST, request.FILES)
    if not form.is_valid():
        return _show(request, form, status=422)
    luettu = read_file(*form.content(), reader=LUKIJA)
    solut = luettu.ruudukot[0].rivit if luettu.ruudukot else ()
    if problem := _problem_of(luettu, solut):
        form.add_error(None, problem)
        return _show(request, form, status=503 if luettu.reason == "busy" else 422)
    return _show(request, KutsulistaForm(initial={"liite": _as_text(solut)}), solut)


def _problem_of(luettu, solut):
    if luettu.status == "reject":
        return luettu.errors[0].fi
    if not solut:
        return _("Listassa ei ole yhtään riviä.")
    if len(solut) > ENINTAAN:
        return _("Listassa on liian monta riviä. Kutsu enintään %(n)s henkilöä kerralla.") % {"n": ENINTAAN}
    return ""


def _as_text(solut):
    """The cells as text, each on the line that it was on while that is near: what is wrong is corrected here."""
    letters = sorted({letter for _numero, cells in solut for letter in cells}, key=lambda each: (len(each), each))
    lines = {numero: "\t".join(" ".join(cells.get(x, "").split()) for x in letters) for numero, cells in solut}
    numbers = range(1, max(lines) + 1) if max(lines) <= KAUKANA else sorted(lines)
    return "\n".join(lines.get(numero, "") for numero in numbers)


def _posted_cells(text):
    """The previewed cells as the page sent them back; [] where they are no such thing."""
    try:
        told = [(numero, _clean(cells)) for numero, cells in json.loads(text)]
    except (ValueError, TypeError, AttributeError, RecursionError):
        return []
    return [each for each in told if isinstance(each[0], int)][:ENINTAAN]


def _clean(cells):
    return {clean_text(letter): clean_text(word) for letter, word in cells.items()}


def _invite(request, solut):
    count, lista = invite_listed(solut, request.user.kunta, by=request.user)
    _tell(request, count, lista)
    if lista.rivit and not lista.virheelliset:
        return redirect("strategia:kayttaja-lista")
    done = {rivi.numero for rivi in lista.rivit if not rivi.virheet}
    left = [each for each in solut if each[0] not in done]  # the headings stay with the faulty
    return _show(request, KutsulistaForm(initial={"liite": _as_text(left) if left else ""}), left, status=422)


def _tell(request, count, lista):
    if count:
        told = ngettext("Kutsu lähtee yhdelle henkilölle.", "Kutsu lähtee %(n)s henkilölle.", count)
        messages.success(request, told % {"n": count})
    if lista.jo_olevat:
        names = ", ".join(rivi.nimi or rivi.email for rivi in lista.jo_olevat[:NIMIA])
        more = len(lista.jo_olevat) - NIMIA
        names += _(" ja %(n)s muuta") % {"n": more} if more > 0 else ""
        messages.info(request, _("Tunnus oli jo, mitään ei lähetetty: %(nimet)s.") % {"nimet": names})


def _show(request, form, solut=(), *, status=200):
    lista = read_lista(solut, request.user.kunta) if solut else None
    context = {"form": form, "lista": lista, "rivit": json.dumps(solut)}
    return render(request, "seuranta/kutsulista/kutsulista.html", context, status=status)
