"""Python files -> Koodi: every module of the apps, what it imports, calls and compares, what it takes and defines."""

import ast
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Moduuli:
    """tuo: what it imports, in full and as closely as the line says ("seuranta.jakso.havainnot.find_havainnot").

    kutsuu: [("tuonti.save", line)] in order. vertaa: [("user.rooli", line)], the attributes in its comparisons.
    argumentit: of all its functions. luokat: those that stand at its top.
    """

    nimi: str
    on_paketti: bool
    tuo: tuple[str, ...]
    kutsuu: tuple[tuple[str, int], ...]
    vertaa: tuple[tuple[str, int], ...]
    argumentit: frozenset[str]
    luokat: tuple[str, ...]


class Koodi:
    """The modules by name, and the arrows between them."""

    def __init__(self, moduulit):
        self.moduulit = {moduuli.nimi: moduuli for moduuli in moduulit}

    def __getitem__(self, nimi):
        return self.moduulit[nimi]

    def __iter__(self):
        return iter(self.moduulit)

    def __contains__(self, nimi):
        return nimi in self.moduulit

    def module_of(self, imported):
        """The module that holds what is imported: itself, or the nearest above it; None if it is none of ours."""
        while imported and imported not in self.moduulit:
            imported = imported.rpartition(".")[0]
        return imported or None

    @cached_property
    def arrows(self):
        """{module: {modules of ours that it imports}}"""
        return {
            nimi: {target for imported in moduuli.tuo if (target := self.module_of(imported)) not in (None, nimi)}
            for nimi, moduuli in self.moduulit.items()
        }

    @cached_property
    def circles(self):
        return find_circles(self.arrows)


def is_within(nimi, package):
    return nimi == package or nimi.startswith(f"{package}.")


def find_circles(arrows):
    """[sorted names] of every set of nodes that reach one another; `arrows`: {node: {nodes}}."""
    reached = {node: _reach(node, arrows) for node in arrows}
    circles = {frozenset(n for n in reached[node] if node in reached.get(n, ())) for node in arrows}
    return sorted(sorted(circle) for circle in circles if len(circle) > 1)


def _reach(start, arrows):
    found, waiting = set(), [start]
    while waiting:
        new = arrows.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def read_koodi(root, folders):
    return Koodi(read_module(path, root) for path in python_files(root, *folders))


def python_files(root, *folders):
    return sorted(path for folder in folders for path in (root / folder).rglob("*.py"))


def read_module(path, root):
    tree, nimi = ast.parse(path.read_text()), _name_of(path, root)
    nodes, on_paketti = list(ast.walk(tree)), path.name == "__init__.py"
    return Moduuli(
        nimi,
        on_paketti,
        tuple(sorted(set(_imports(nodes, nimi if on_paketti else nimi.rpartition(".")[0])))),
        tuple((_called(node.func), node.lineno) for node in nodes if isinstance(node, ast.Call)),
        tuple(_compared(nodes)),
        frozenset(node.arg for node in nodes if isinstance(node, ast.arg)),
        tuple(node.name for node in tree.body if isinstance(node, ast.ClassDef)),
    )


def _name_of(path, root):
    parts = path.relative_to(root).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _called(func):
    """ "book.save" of a name's method, ".save" of anything else's, "save" of a bare function."""
    if isinstance(func, ast.Attribute):
        return f"{getattr(func.value, 'id', '')}.{func.attr}"
    return getattr(func, "id", "")


def _compared(nodes):
    for node in nodes:
        if isinstance(node, ast.Compare | ast.Match):
            found = ast.walk(node.subject if isinstance(node, ast.Match) else node)
            yield from ((ast.unparse(each), each.lineno) for each in found if isinstance(each, ast.Attribute))


def _imports(nodes, package):
    """Imports inside functions too: they come later, but lead the same way."""
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = package.split(".")
            base = parts[: len(parts) - node.level + 1] if node.level else []
            source = ".".join([*base, *([node.module] if node.module else [])])
            yield from (f"{source}.{alias.name}" for alias in node.names)
