"""Words of time: seasons and months, reports, and the kinds of a jakso."""

# Words of a period. "…*" as above; numbers of periods (Q1, T2, OVK I) are patterns in periods.py.
SEASONS = (
    "kesä*; kevät*; kevään; syksy*; syys*; talvi*; kesäkuu*; tammikuu*; helmikuu*; maaliskuu*; huhtikuu*; toukokuu*; "
    "heinäkuu*; elokuu*; syyskuu*; lokakuu*; marraskuu*; joulukuu*; tammi; helmi; maalis; huhti; touko; "
    "heinä*; elo; loka; marras; "
    "joulu; vår; våren; sommar; höst; hösten; januari; februari; mars; april; maj; juni; juli; augusti; september; "
    "oktober; november; december; january; february; march; may; june; july; august; october; spring; "
    "summer; autumn; fall; winter"
)
_STEMS = ["tammi", "helmi", "maalis", "huhti", "touko", "kesä", "heinä", "elo", "syys", "loka", "marras", "joulu"]
SEASONS += "; jan; feb; apr; aug; sep; sept; okt; oct; nov; dec; "
SEASONS += "; ".join(f"{first}{last}kuu*" for first in _STEMS for last in _STEMS if first != last)  # tammi–kesäkuu
REPORTS = (
    "seurantavuosi; seurantavuoden; osavuosi*; vuosikatsau*; väliraport*; välikatsau*; katsaus*; tilinpäät*; "
    "neljännes*; kvartaal*; "
    "puolivuosi*; kolmannes*; tertial*; tertiaali*; kvartal*; delår*; bokslut*; årsrapport*; halvår*; "
    "quarter; quarterly; midyear; "
    "mid-year; ovk; osk"
)

# The kinds of a jakso: any spelling that begins so -> the word in its name.
JAKSO_KINDS = (
    (r"osavuosi\w*|delårs\w*|OVK|OSK", "Osavuosikatsaus"),
    (r"tilinpäät\w*|bokslut\w*", "Tilinpäätös"),
    (r"neljännesvuosi\w*|kvartaal\w*", "Neljännesvuosi"),
    (r"puolivuosi\w*", "Puolivuosikatsaus"),
    (r"välikatsau\w*", "Välikatsaus"),
    (r"väliraport\w*", "Väliraportti"),
    (r"tertiaali\w*|tertial\w*", "Tertiaali"),
)

# Words of a title whose day is not the day of the state.
NOT_STATE = (
    "päivitetty; tulostettu; laadittu; hyväksytty; käsitelty; päätetty; valtuusto; kokous; palautus; "
    "palauta; mennessä; "
    "uppdaterad; godkänd; utskriven; updated; approved; printed; due"
)
