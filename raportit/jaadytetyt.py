"""Frozen JSON -> the ids of the rows inside it."""


def frozen_ids(data: dict) -> dict[str, set[int]]:
    """{laji: the ids of its rows} of a frozen report as JSON has it, in any shape that it has had."""
    rows = [*data.get("paattyneet", ()), *data.get("eivat_mukana", ())]
    tavoitteet = [tavoite for painopiste in data["painopisteet"] for tavoite in painopiste["tavoitteet"]]
    rows += [rivi for tavoite in tavoitteet for rivi in tavoite["rivit"]]
    measured = [*data["painopisteet"], *tavoitteet, *rows]
    found = {
        "strategia": [data["strategia"]],
        "painopiste": data["painopisteet"],
        "tavoite": tavoitteet,
        "toimenpide": rows,
        "mittari": [mittari for each in measured for mittari in each.get("mittarit", ())],
    }
    return {laji: {each["id"] for each in those} for laji, those in found.items()}
