"""Rules that hold for every module of the package, read from its source."""

import ast
from collections.abc import Callable, Iterator

import pytest

# From the top of the house to its cellar: a room imports only from rooms below it, or from itself.
ROOMS = (
    "__main__",
    "cli",
    "pipeline",
    "simulation",
    "notebook",
    "report",
    "figures",
    "evaluation",
    "cleaning",
    "study",
    "words",
    "stats",
    "errors",
)
ROOMS_WITHOUT_DISK = ("figures", "evaluation", "stats")
DISK_MODULES = {"glob", "os", "pathlib", "shutil", "tempfile"}
DISK_CALLS = {"open", "read_csv", "read_excel", "read_parquet", "to_csv", "to_excel", "to_parquet", "savefig"}
LONGEST_MODULE_LINES = 500
LONGEST_FUNCTION_LINES = 60
Function = ast.FunctionDef | ast.AsyncFunctionDef


def room_of(module: str) -> str:
    """``analysis.stats.codes`` -> ``stats``; the package itself -> ``""``."""
    return module.split(".")[1] if "." in module else ""


def imported_modules(tree: ast.Module, module: str, is_package: bool) -> Iterator[tuple[int, str]]:
    """Line and absolute name of each module that ``module`` imports, also inside functions."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = module.split(".")
            base = parts[: len(parts) - node.level + is_package] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            if name == "analysis":
                yield from ((node.lineno, f"analysis.{alias.name}") for alias in node.names)
            else:
                yield node.lineno, name


def wrong_imports(tree: ast.Module, module: str, is_package: bool) -> list[str]:
    """Imports that lead up the house."""
    wrong = []
    for line, name in imported_modules(tree, module, is_package):
        if name != "analysis" and not name.startswith("analysis."):
            continue
        own, other = room_of(module), room_of(name)
        if other not in ROOMS and other == "__version__":
            continue
        if other not in ROOMS:
            wrong.append(f"{line}: {name} is in no known room")
        elif own == "" or (own != other and ROOMS.index(other) <= ROOMS.index(own)):
            wrong.append(f"{line}: {own or 'the package'} imports {name}")
    return wrong


def disk_use(tree: ast.Module, module: str, is_package: bool) -> list[str]:
    """Reading and writing in a room that has to leave it to others."""
    if room_of(module) not in ROOMS_WITHOUT_DISK:
        return []
    wrong = [
        f"{line}: imports {name}"
        for line, name in imported_modules(tree, module, is_package)
        if name.split(".")[0] in DISK_MODULES
    ]
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            if name in DISK_CALLS:
                wrong.append(f"{node.lineno}: calls {name}")
    return wrong


def functions(tree: ast.Module) -> Iterator[Function]:
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def loose_options(tree: ast.Module, module: str, is_package: bool) -> list[str]:
    """Public functions that would swallow a misspelt option."""
    return [
        f"{function.lineno}: {function.name}(**{function.args.kwarg.arg})"
        for function in functions(tree)
        if function.args.kwarg and not function.name.startswith("_")
    ]


def assertions(tree: ast.Module, module: str, is_package: bool) -> list[str]:
    """``assert`` vanishes under ``python -O``: the package raises."""
    return [f"{node.lineno}: assert" for node in ast.walk(tree) if isinstance(node, ast.Assert)]


def silent_handlers(tree: ast.Module, module: str, is_package: bool) -> list[str]:
    """Handlers that catch everything unnamed, or that do nothing about what they catch."""
    wrong = []
    for node in ast.walk(tree):
        if isinstance(node, ast.ExceptHandler):
            idle = all(
                isinstance(step, ast.Pass | ast.Continue)
                or (isinstance(step, ast.Expr) and isinstance(step.value, ast.Constant))
                for step in node.body
            )
            if node.type is None or idle:
                wrong.append(f"{node.lineno}: {'bare' if node.type is None else 'silent'} except")
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("suppress"):
            names = {ast.unparse(argument) for argument in node.args}
            if names & {"Exception", "BaseException"}:
                wrong.append(f"{node.lineno}: suppresses everything")
    return wrong


def long_functions(tree: ast.Module, module: str, is_package: bool) -> list[str]:
    """Functions that do too much, their docstring not counted."""
    wrong = []
    for function in functions(tree):
        has_docstring = ast.get_docstring(function) is not None
        first = function.body[0]
        docstring_lines = first.end_lineno - first.lineno + 1 if has_docstring else 0
        lines = function.end_lineno - function.lineno + 1 - docstring_lines
        if lines > LONGEST_FUNCTION_LINES:
            wrong.append(f"{function.lineno}: {function.name} has {lines} lines")
    return wrong


RULES: tuple[Callable[[ast.Module, str, bool], list[str]], ...] = (
    wrong_imports,
    disk_use,
    loose_options,
    assertions,
    silent_handlers,
    long_functions,
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.__name__)
def test_every_module_keeps_the_rule(rule, root):
    paths = sorted((root / "src" / "analysis").rglob("*.py"))
    assert len(paths) > 5
    found = []
    for path in paths:
        relative = path.relative_to(root / "src").with_suffix("")
        is_package = relative.name == "__init__"
        module = ".".join(relative.parts[:-1] if is_package else relative.parts)
        found += [f"{module}:{offence}" for offence in rule(ast.parse(path.read_bytes()), module, is_package)]
    assert found == []


@pytest.mark.parametrize(
    ("rule", "source"),
    [
        (wrong_imports, "from analysis.evaluation.data import StudyData"),
        (wrong_imports, "def late():\n    import analysis.cleaning"),
        (wrong_imports, "from analysis import report"),
        (wrong_imports, "from ..figures import palette"),
        (wrong_imports, "from analysis.attic import chest"),
        (disk_use, "import pathlib"),
        (disk_use, "frame.to_csv('x')"),
        (loose_options, "def estimate(values, **options): ..."),
        (assertions, "assert values"),
        (silent_handlers, "try:\n    f()\nexcept ValueError:\n    pass"),
        (silent_handlers, "try:\n    f()\nexcept:\n    raise"),
        (silent_handlers, "with contextlib.suppress(Exception):\n    f()"),
        (long_functions, "def long():\n" + "    x = 1\n" * LONGEST_FUNCTION_LINES),
    ],
)
def test_the_rule_finds_a_module_that_breaks_it(rule, source):
    assert len(rule(ast.parse(source), "analysis.stats.planted", False)) == 1


@pytest.mark.parametrize(
    ("module", "source"),
    [
        ("analysis.stats.planted", "from analysis.stats.codes import Unit\nfrom .codes import Unit\nimport numpy"),
        ("analysis.report.planted", "from analysis.figures import draw\nfrom ..errors import DampakError"),
        ("analysis.__main__", "from analysis.cli import app"),
        ("analysis.report.planted", "from analysis import __version__"),
    ],
)
def test_imports_downwards_are_free(module, source):
    assert wrong_imports(ast.parse(source), module, False) == []


def test_modules_are_short(root):
    lengths = {
        path.relative_to(root).as_posix(): len(path.read_text("utf-8").splitlines())
        for folder in ("src", "scripts")
        for path in (root / folder).rglob("*.py")
    }
    assert {path: lines for path, lines in lengths.items() if lines > LONGEST_MODULE_LINES} == {}


def test_the_start_module_imports_nothing(root):
    tree = ast.parse((root / "src" / "analysis" / "__main__.py").read_bytes())
    assert not any(isinstance(node, ast.Import | ast.ImportFrom) for node in tree.body)


def test_every_room_of_the_house_is_known(root):
    entries = {
        path.stem
        for path in (root / "src" / "analysis").iterdir()
        if path.suffix == ".py" or (path / "__init__.py").exists()
    }
    assert entries - {"__init__"} <= set(ROOMS)
