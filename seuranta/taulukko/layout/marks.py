"""Taulu -> the same with an x in one of several columns, and with fills, read as a status or as one own column."""

from collections import Counter

from .choices import OMA, OMA_KIRJAUS
from .headings import bare_path, is_period
from .periods import period_key
from .roles import Taulu, Tiedostosarake
from .scale import Asteikkoluku, Selite, lean
from .scores import COLOURS, DEGREES, box_of, plain_word
from .todiste import Todiste, are_boxes

_TWICE = 0.2  # of rows with more than one x, from which on they are no status


def join_marks(table: Taulu, selite: Selite) -> None:
    """Neighbours that hold only x: under status words one status of the table, under anything else one own column."""
    for columns in _runs_of_x(table):
        scores = [_score_of(column.heading, selite) for column in columns]
        group = tuple(column.column for column in columns)
        are_options = len({bare_path(column.path) for column in columns}) > 1  # the same word under two years is none
        is_status = sum(score is not None for score in scores) * 2 >= len(columns) and not _several(table, group)
        is_known = any(score is not None for score in scores) and len(columns) > 2
        is_status = (is_status or (is_known and _one_each(table, group))) and are_options
        boxes = any(are_boxes(table.evidence[column.column]) for column in columns)
        if boxes and not is_status:  # the boxes that are not ticked stay what they are
            continue
        for column, score in zip(columns, scores, strict=True):
            if column.is_chosen:
                continue
            column.group, column.marks = group, score if is_status else None
            column.role = "toteutumisaste" if is_status else OMA
            column.margin = 5.0


def _runs_of_x(table):
    """[columns] of two or more neighbours with x, or with nothing under a heading that the others share."""
    runs: list[list[Tiedostosarake]] = []
    for column in table.columns:
        todiste = table.evidence[column.column]
        is_x = todiste.filled and (todiste.x >= 0.8 or are_boxes(todiste))
        is_empty = not todiste.filled and bool(column.path)
        last = runs[-1][-1] if runs and runs[-1] else None
        if (
            is_x
            and last is not None
            and last.column == column.column - 1
            and last.path[:-1] == column.path[:-1]
            or is_empty
            and last is not None
            and last.column == column.column - 1
            and _share_parent(last, column)
        ):
            runs[-1].append(column)
        elif is_x:
            runs.append(_before(table, column))
    return [run for run in runs if len(run) > 1]


def _before(table, column):
    """The column and the empty ones just before it that share its heading."""
    found = [column]
    for other in reversed([each for each in table.columns if each.column < column.column]):
        same = other.column == found[0].column - 1 and not table.evidence[other.column].filled
        if not (same and _share_parent(other, column)):
            break
        found.insert(0, other)
    return found


def _share_parent(first, second):
    return len(first.path) > 1 and len(second.path) > 1 and first.path[0] == second.path[0]


def _score_of(heading, selite):
    plain = plain_word(heading)
    if plain in DEGREES:
        return DEGREES[plain]
    if plain.isdigit() and 1 <= int(plain) <= 5 and not is_period(heading):
        return int(plain)
    starts = [word for word in DEGREES if len(word) > 3 and plain.startswith(word)]
    if starts:
        return DEGREES[max(starts, key=len)]
    numbers = selite.numbers()
    return lean(numbers[int(plain)]) if plain.isdigit() and int(plain) in numbers else None


def _one_each(table, group):
    """Every row has one mark: a choice, whatever the words are that nobody knows."""
    rows = [part.sheet.rows[row] for part in table.parts for row in part.body]
    marks = [sum(_is_mark(cells[column]) for column in group if column in cells) for cells in rows if len(cells) > 1]
    return len(marks) > 2 and set(marks) == {1}


def _several(table, group):
    rows = several = 0
    for part in table.parts:
        for row in part.body:
            cells = part.sheet.rows[row]
            marks = sum(1 for column in group if column in cells and _is_mark(cells[column]))
            rows += marks > 0
            several += marks > 1
    return several > _TWICE * max(1, rows)


def _is_mark(solu):
    return box_of(solu) is not False if solu.kind in ("text", "bool") else False


# --- fills


def read_colours(table: Taulu, asteikko: Asteikkoluku, selite: Selite) -> None:
    """Where nothing written says the status, a column's or the rows' fills may: an extra column of toteutumisaste."""
    scores = table.of_role("toteutumisaste")
    marks = [column.column for column in scores if column.group]
    if marks:
        right = [c for c in table.columns if c.role in (OMA, OMA_KIRJAUS) and c.column > max(marks)]
        _comment_beside(table, sorted(right, key=lambda c: -c.column))
    for column in scores:
        todiste = table.evidence[column.column]
        if not todiste.filled and any(colour in asteikko.colours for colour in todiste.colours):
            column.by_colour = "own"
    if scores:
        return
    rows = _row_fills(table)
    if rows is not None:
        anchor = _anchor(table)
        table.columns.append(_coloured(anchor, "row"))
        _comment_beside(table, [column for column in table.columns if column.role in (OMA, OMA_KIRJAUS)])
        return
    lights = {column.column: _lights(table, column, selite) for column in table.columns}
    most = max(lights.values(), default=0)
    found = [column for column in table.columns if lights[column.column] >= max(2, most / 2)]
    found = [column for column in found if not _is_decoration(table, column)]
    found += [other for other in table.columns if lights[other.column] and _is_like_one(other, found)]
    found.sort(key=lambda column: -lights[column.column])
    periods = {}
    for column in found:
        periods.setdefault(period_key(column.path), column)
    table.columns += [_coloured(column, "own") for column in periods.values()]
    if periods:
        _comment_beside(table, _texts_beside(table, list(periods.values())))


def _is_like_one(column, found):
    """Another of those only by its period."""
    bare = bare_path(column.path)
    return column not in found and any(bare) and any(bare_path(other.path) == bare for other in found)


def _texts_beside(table, coloured):
    """The coloured columns themselves, else what stands right of the last of them, the nearest one last."""
    own = [column for column in table.columns if column.role in (OMA, OMA_KIRJAUS)]
    if any(table.evidence[column.column].filled for column in coloured):
        return [column for column in coloured if column in own]
    last = max(column.column for column in coloured)
    return sorted((column for column in own if column.column > last), key=lambda column: -column.column)


def _comment_beside(table, candidates):
    """A colour is the status: where nothing else is the comment, the last free text among the candidates is."""
    if table.of_role("kommentti"):
        return
    seen = [(column, table.evidence[column.column]) for column in candidates]
    texts = [column for column, todiste in seen if max(todiste.long, todiste.sentence) > 0.5]
    unsaid = [column for column in texts if max(table.evidence[column.column].words.values(), default=0) < 0.5]
    for column in (unsaid or texts)[-1:]:
        column.role, column.second, column.margin = "kommentti", OMA, 2.0


def _coloured(column, way):
    return Tiedostosarake(
        column.column, "toteutumisaste", column.heading, column.path, by_colour=way, margin=2.0, second=OMA,
        why="täyttövärit vaihtelevat kuin liikennevalot",
    )  # fmt: skip


def _lights(table, column, selite):
    """How many rows show a traffic light in the column; 0 unless they are of two kinds or a legend tells them."""
    todiste: Todiste = table.evidence[column.column]
    if column.role == "toimenpide" or column.role in ("painopiste", "tavoite", "toimialan_tavoite"):
        return 0
    kinds = [colour for colour in todiste.colours if colour in COLOURS]
    told = selite.colours()
    if len(kinds) < 2 and not (kinds and told):
        return 0
    return sum(count for colour, count in todiste.colours.items() if colour in COLOURS)


def _row_fills(table):
    """row -> its colour where rows are filled whole, of at least two traffic lights; None for any other table."""
    found = Counter()
    rows = alike = 0
    previous, alternates = None, 0
    for part in table.parts:
        columns = [column.column for column in table.columns]
        for row in part.body:
            cells = part.sheet.rows[row]
            colours = [cells[column].colour for column in columns if column in cells]
            filled = sum(1 for column in columns if column in cells and cells[column].kind != "blank")
            if filled < 2:
                continue
            rows += 1
            if colours and len(set(colours)) == 1 and len(colours) >= max(2, len(columns) - 1) and colours[0]:
                alike += 1
                found[colours[0]] += 1
                alternates += colours[0] != previous
                previous = colours[0]
            else:
                alternates += previous is not None
                previous = None
    lights = [colour for colour in found if colour in COLOURS]
    if rows < 2 or len(lights) < 2 or alike * 2 < rows:
        return None
    return found


def _anchor(table):
    """The column beside whose texts the row's colour is told: the comment, else the name; no number is a status."""
    comments = [column for column in table.columns if column.role in ("kommentti", OMA_KIRJAUS)]
    return comments[0] if comments else table.of_role("toimenpide")[0]


def _is_decoration(table, column):
    """The colour goes with the column's own or another column's value, or alternates by row."""
    by_value: dict[tuple, set] = {}
    rows = []
    for part in table.parts:
        for row in part.body:
            cells = part.sheet.rows[row]
            solu = cells.get(column.column)
            if solu is None or sum(1 for each in cells.values() if each.kind != "blank") < 2:
                continue
            rows.append(solu.colour)
            for other, cell in cells.items():
                if cell.kind == "text":
                    by_value.setdefault((other, cell.value), set()).add(solu.colour)
    changes = sum(first != second for first, second in zip(rows, rows[1:], strict=False))
    if len(rows) > 5 and len(set(rows)) == 2 and changes == len(rows) - 1:
        return True
    for other in table.columns:
        values = {key: colours for key, colours in by_value.items() if key[0] == other.column}
        counts = table.evidence[other.column].filled
        repeated = len(values) < counts * 0.6 and len(values) > 1
        if repeated and all(len(colours) == 1 for colours in values.values()):
            return True
    return False
