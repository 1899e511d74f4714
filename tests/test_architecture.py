"""Imports run one way, heavy libraries have one importer each, and the light start stays light."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
PACKAGES = ("ingest", "index", "assistant", "eval")  # each may import those before it
# Type modules and words for the user: what they may import of ours.
LEAVES = {
    "ingest.errors": set(),
    "ingest.letter": set(),
    "index.stance": set(),
    "index.encoder": {"ingest.errors", "index.stance"},
    "index.hit": {"ingest.letter", "index.stance"},
    "assistant.answer": {"ingest.letter"},
}
# A third-party library and the only modules that import it.
OWNERS = {
    "docx": {"assistant.export.footnotes", "assistant.export.word", "ingest.docx"},
    "faiss": {"index.dense"},
    "fastapi": {
        "assistant.web.about",
        "assistant.web.chat",
        "assistant.web.desk",
        "assistant.web.feedback",
        "assistant.web.pictures",
        "assistant.web.register",
        "assistant.web.site",
        "assistant.web.staff",
        "assistant.web.staff_only",
        "assistant.web.take_along",
    },
    "filelock": {"index.storage", "index.workspace"},
    "ir_measures": {"eval.ranking"},
    "gradio": {"assistant.web.chat"},
    "jinja2": {"assistant.web.templating", "eval.report.page"},
    "langchain_core": {"assistant.integrations"},
    "langchain_text_splitters": {"eval.plain"},
    "lxml": {"ingest.web_page"},
    "markdown_it": {"ingest.markdown"},
    "PIL": {"ingest.page_image"},
    "pypdf": {"ingest.pdf.file"},
    "pypdfium2": {"ingest.page_image"},
    "sentence_transformers": {"index.bundled", "index.sentence_encoder"},
    "sqlite3": {"assistant.database"},
    "Stemmer": {"index.analysis"},
    "threadpoolctl": {"index.threads"},
    "tokenizers": {"index.bundled"},
    "transformers": {"index.bundled"},
    "torch": {
        "eval.network",
        "index.bundled",
        "index.half",
        "index.joint",
        "index.reading",
        "index.sentence_encoder",
        "index.training.descent",
        "index.training.encoder",
        "index.training.fusion",
        "index.training.measure",
        "index.training.reading",
        "index.training.run",
        "index.training.states",
        "index.threads",
        "index.transformer",
    },
    "uvicorn": {"assistant.web.app"},
}


def modules() -> dict[str, Path]:
    """Every module of the product by its dotted name."""
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    return {
        ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): file
        for file in files
    }


def imports(file: Path) -> Iterator[str]:
    """Every module that ``file`` imports, early or late."""
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


MODULES = modules()


@pytest.mark.parametrize("name", MODULES)
def test_imports_run_one_way(name: str) -> None:
    rank = PACKAGES.index(name.split(".", maxsplit=1)[0])
    later = set(PACKAGES[rank + 1 :])
    assert not {found for found in imports(MODULES[name]) if found.split(".")[0] in later}


@pytest.mark.parametrize("name", LEAVES)
def test_type_modules_are_leaves(name: str) -> None:
    ours = {found for found in imports(MODULES[name]) if found in MODULES}
    assert ours <= LEAVES[name]


@pytest.mark.parametrize("library", OWNERS)
def test_a_library_has_one_owner(library: str) -> None:
    users = {
        name
        for name, file in MODULES.items()
        if any(found.split(".")[0] == library for found in imports(file))
    }
    assert users == OWNERS[library]


def test_nobody_imports_a_main_module() -> None:
    for name, file in MODULES.items():
        assert not [found for found in imports(file) if "__main__" in found], name


def test_only_the_command_line_imports_the_web() -> None:
    users = {
        name
        for name, file in MODULES.items()
        if not name.startswith("assistant.web")
        and any(found.startswith("assistant.web") for found in imports(file))
    }
    assert users == {"assistant.cli"}


def test_modules_stay_small() -> None:
    long = {n: f.read_text(encoding="utf-8").count("\n") for n, f in MODULES.items()}
    assert {name: lines for name, lines in long.items() if lines > 300} == {}


def test_help_imports_nothing_heavy() -> None:
    program = (
        "import sys, assistant.cli, index.cli\n"
        "print(sorted({m.split('.')[0] for m in sys.modules} & set(sys.argv[1:])))"
    )
    heavy = [*OWNERS, "numpy", "pydantic"]
    run = subprocess.run(
        [sys.executable, "-c", program, *heavy], capture_output=True, text=True, cwd=ROOT, check=True
    )
    assert run.stdout.strip() == "[]"
