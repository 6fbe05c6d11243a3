"""Who may import whom: reads the source of a checkout and names every breach of the ladder."""

import ast
import re
import sys

RUNGS = (  # docs/architecture.md draws those that are there
    "dutch",
    "townhall",
    "accounts",
    "contacts",
    "goals",
    "funding",
    "initiatives",
    "agreements",
    "grants",
    "matching",
    "meetings",
    "learning",
    "desk",
    "overview",
    "initiatiefwijzer",
)
DJANGO_HALF = {  # of matching
    "apps", "models", "corpus", "service", "api", "views", "urls", "forms", "helplines", "tasks", "teaching",
    "verbs",
}  # fmt: skip
PURE = {"townhall.calendar", "initiatives.clocks", "funding.advice", "funding.asked", "funding.cues"}
SCIENCE = {
    "numpy",
    "scipy",
    "snowballstemmer",
    "Stemmer",
    "holidays",
    "sentence_transformers",
}  # what pure code may stand on
MODEL = re.compile(r"([a-z]+)\.[A-Z]\w*")
TEMPLATE = re.compile(r"([a-z]+)/[\w/-]+\.html")
LOOK_UPS = {"get_model", "get_app_config", "import_module", "import_string"}


def rung(name):
    """The place of an app on the ladder, from its name or a dotted path; None for what is not ours."""
    app = name.partition(".")[0]
    return RUNGS.index(app) if app in RUNGS else None


def sources(root):
    """(dotted module name, tree) of every module of our apps below a folder."""
    for app in RUNGS:
        for path in sorted((root / app).rglob("*.py")):
            module = ".".join(path.relative_to(root).with_suffix("").parts)
            yield module.removesuffix(".__init__"), ast.parse(path.read_text("utf-8"))


def imports(tree):
    """(line, dotted name) of everything a module imports or names as an app: strings count too."""
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=0):
                yield from ((node.lineno, f"{module}.{alias.name}") for alias in names)
            case ast.ImportFrom(level=level) if level:
                yield node.lineno, f"{'.' * level} (relative)"
            case ast.Constant(value=str(text)) if found := MODEL.fullmatch(text):
                yield node.lineno, found[0]
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=[first, *_]):
                if name in LOOK_UPS and isinstance(first, ast.Constant):
                    yield node.lineno, str(first.value)
            case ast.Assign(targets=[ast.Name(id="dependencies")], value=ast.List(elts=needed)):
                yield from ((one.lineno, one.elts[0].value) for one in needed if isinstance(one, ast.Tuple))


def inside_functions(tree):
    """The lines of imports that hide in a function."""
    functions = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]
    hidden = (n for function in functions for n in ast.walk(function))
    return sorted({n.lineno for n in hidden if isinstance(n, ast.Import | ast.ImportFrom)})


def is_pure(module):
    """True for what must be able to think without Django."""
    app, _, rest = module.partition(".")
    if app == "matching":
        return rest.partition(".")[0] not in DJANGO_HALF | {"migrations", "management", ""}
    return app == "dutch" or module in PURE


def may_think_with(name):
    """True for what pure code may import: Python itself, numbers and stems, and other pure code."""
    app = name.partition(".")[0]
    known = app in sys.stdlib_module_names or app in SCIENCE
    return known or any(is_pure(part) for part in (name, name.rpartition(".")[0]))


def breaches(root):
    """A sentence for everything that goes against the ladder; an empty list is a good house."""
    return sorted([*code_breaches(root), *template_breaches(root / "templates")])


def code_breaches(root):
    for module, tree in sources(root):
        place = rung(module)
        for line, name in imports(tree):
            if name.startswith(".") or (rung(name) is not None and rung(name) > place):
                yield f"{module}:{line} reaches up to {name}"
            if is_pure(module) and not may_think_with(name):
                yield f"{module}:{line} thinks with {name}"
        for line in inside_functions(tree):
            yield f"{module}:{line} hides an import in a function"
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found = TEMPLATE.fullmatch(node.value)
                if found and rung(found[1]) is not None and rung(found[1]) != place:
                    yield f"{module}:{node.lineno} draws with {node.value}"


def template_breaches(templates):
    """A page stands on its own app; what a higher one adds is a part: "agreements/_promises.html"."""
    for path in sorted(templates.rglob("*.html")):
        mine = rung(path.relative_to(templates).parts[0])
        for tag, other in re.findall(r'{%\s*(extends|include)\s+"([^"]+)"', path.read_text("utf-8")):
            theirs = rung(other.partition("/")[0])
            is_part = tag == "include" and other.rpartition("/")[2].startswith("_")
            if mine is not None and theirs is not None and theirs > mine and not is_part:
                yield f"{path.relative_to(templates)}: {tag} {other}"
