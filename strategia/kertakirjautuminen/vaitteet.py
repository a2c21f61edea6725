"""What a provider told of a person (claims) -> who it is, which groups, which address; or why it cannot be used."""

from urllib.parse import urlsplit

from django.utils.translation import gettext as _

from ..models.tunnistajat import TUNNISTEEN_PITUUS

ENTRA = {"login.microsoftonline.com", "login.microsoftonline.us", "sts.windows.net"}
VAIN_SALASANA = {"pwd"}


class Evatty(Exception):
    """Signing in is refused; says why. koodi: the same for the audit."""

    def __init__(self, koodi, sentence):
        super().__init__(sentence)
        self.koodi = koodi


def read_identity(issuer, claims) -> str:
    """Who it is to this issuer, for ever. Raises Evatty.

    Entra ID gives each service another sub: a person is the tenant's tid and oid. Other issuers may let people write
    claims of these names themselves, so the issuer decides which are read, not the claims.
    """
    names = ("tid", "oid") if urlsplit(issuer).hostname in ENTRA else ("sub",)
    parts = [claims.get(name) for name in names]
    if not all(_is_word(part) and part for part in parts) or len(":".join(parts)) > TUNNISTEEN_PITUUS:
        sentence = _("Kunnan kirjautumispalvelu ei kertonut, kuka olet (%(vaite)s). Kerro asiasta kunnan IT-tuelle.")
        raise Evatty("tunniste puuttuu", sentence % {"vaite": ", ".join(names)})
    return ":".join(parts)


def _is_word(told):
    """Can it be kept as it is? A database takes no NUL, for one."""
    return isinstance(told, str) and told.isprintable()


def read_groups(claims, name) -> set[str]:
    """Raises Evatty where the claim is missing, or was too long to be sent (Entra's overage)."""
    elsewhere = claims.get("_claim_names")
    if claims.get("hasgroups") or (isinstance(elsewhere, dict) and name in elsewhere):
        sentence = _(
            "Kuulut niin moneen ryhmään, ettei kunnan kirjautumispalvelu kertonut niitä. "
            "Kunnan IT-tuki voi rajata, mitkä ryhmät tälle palvelulle kerrotaan. Roolisi on ennallaan."
        )
        raise Evatty("liikaa ryhmiä", sentence)
    groups = claims.get(name)
    groups = [groups] if isinstance(groups, str) else groups
    if not isinstance(groups, list) or not all(map(_is_word, groups)):
        sentence = _(
            "Kunnan kirjautumispalvelu ei kertonut ryhmiäsi (%(vaite)s). "
            "Kerro asiasta kunnan IT-tuelle. Roolisi on ennallaan."
        )
        raise Evatty("ryhmät puuttuvat", sentence % {"vaite": name})
    return set(groups)


def read_email(claims) -> str:
    """The address that the provider vouches for; "" where it has none or says that nobody has confirmed it.

    ASCII alone, as ours are: of other letters some become these when their case is changed (ı, ſ and the sign of
    kelvin), here or in the database, and another's address would be one of ours.
    """
    email = claims.get("email")
    confirmed = claims.get("email_verified") in (None, True, "true")
    return email.strip().lower() if _is_word(email) and email.isascii() and confirmed else ""


def read_amr(claims) -> list[str]:
    """How the person was recognised there (pwd, mfa, …), as told."""
    told = claims.get("amr")
    told = [told] if isinstance(told, str) else told
    return sorted({each[:40] for each in told if _is_word(each)})[:10] if isinstance(told, list) else []


def is_more_than_password(amr):
    """Not where the provider says itself that there was only a password; most say nothing."""
    return not amr or bool(set(amr) - VAIN_SALASANA)
