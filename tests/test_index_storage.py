"""An index on disk is whole, current and of the right model, or it is said and mended."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from hash_encoder import HashEncoder
from index.storage import IndexDamaged, IndexForeign, IndexMissing, IndexStore
from index.workspace import Workspace
from ingest.errors import LetterError
from ingest.letter_store import LetterStore

QUESTION = "Hoeveel krijgt de politie?"


@pytest.fixture
def told() -> list[str]:
    return []


@pytest.fixture
def workspace(tmp_path: Path, told: list[str]) -> Workspace:
    return Workspace(tmp_path, told.append)


def generation(home: Path) -> Path:
    return home / "index" / (home / "index" / "CURRENT").read_text()


def test_missing_index_is_said(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing, match=r"nog geen index.*vraagbaak index build"):
        IndexStore(tmp_path / "index").open()


def test_missing_index_is_built(workspace: Workspace, told: list[str]) -> None:
    index = workspace.open(HashEncoder())
    assert len(index.search(QUESTION).hits) == 10
    assert told[0] == "Er is nog geen index."
    assert told[-1] == "De index is klaar."


def test_loaded_index_ranks_as_the_built_one(workspace: Workspace) -> None:
    built = workspace.build(HashEncoder()).search(QUESTION)
    loaded = workspace.open(HashEncoder()).search(QUESTION)
    assert [h.passage.anchor for h in loaded.hits] == [h.passage.anchor for h in built.hits]
    assert [h.score for h in loaded.hits] == pytest.approx([h.score for h in built.hits])


def test_manifest_counts(workspace: Workspace) -> None:
    workspace.build(HashEncoder())
    manifest = workspace.manifest()
    assert (manifest.format, manifest.model, manifest.dimension) == (3, "hash", 16)
    assert manifest.passages == 240
    assert list(manifest.letters) == ["vng-ledenbrief-coalitieakkoord"]


@pytest.mark.parametrize("file", ["tables.npz", "records.bin", "about.json", "files.json"])
@pytest.mark.parametrize("damage", ["removed", "cut", "altered"])
def test_damaged_index_is_named_and_rebuilt(
    tmp_path: Path, workspace: Workspace, told: list[str], file: str, damage: str
) -> None:
    workspace.build(HashEncoder())
    (path,) = (tmp_path / "index").rglob(file)
    data = path.read_bytes()
    if damage == "removed":
        path.unlink()
    elif damage == "cut":
        path.write_bytes(data[: len(data) // 2])
    else:
        path.write_bytes(data[:-1] + bytes([data[-1] ^ 255]))
    with pytest.raises(IndexDamaged, match="beschadigd"):
        workspace.manifest()
    told.clear()
    assert workspace.open(HashEncoder()).search(QUESTION).hits
    assert "beschadigd" in told[0]
    assert workspace.manifest().passages == 240


def test_index_of_another_format_is_rebuilt(tmp_path: Path, workspace: Workspace, told: list[str]) -> None:
    workspace.build(HashEncoder())
    path = generation(tmp_path) / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text()) | {"format": 0}))
    told.clear()
    workspace.open(HashEncoder())
    assert told[0].startswith("De index heeft een andere versie (0; nodig is 3).")


def test_index_of_another_model_is_refused(workspace: Workspace) -> None:
    workspace.build(HashEncoder("een"))
    with pytest.raises(IndexForeign, match=r"'een', niet met 'twee'.*index build --model twee"):
        workspace.open(HashEncoder("twee"))
    assert workspace.manifest().model == "een"


def test_index_follows_the_letters(tmp_path: Path, workspace: Workspace, told: list[str]) -> None:
    workspace.open(HashEncoder())
    file = tmp_path / "extra.txt"
    file.write_text("Geld\n\nEr komt geld bij voor de kust.", encoding="utf-8")
    LetterStore(tmp_path).add(file)
    told.clear()
    index = workspace.open(HashEncoder())
    assert told[0] == "De index hoort bij andere brieven."
    assert {hit.letter.slug for hit in index.search("kust", documents=["extra"]).hits} == {"extra"}


def test_no_letter_at_all_is_said(tmp_path: Path, workspace: Workspace) -> None:
    LetterStore(tmp_path).remove("vng-ledenbrief-coalitieakkoord")
    with pytest.raises(LetterError, match=r"Er is geen brief\. Voeg er een toe"):
        workspace.open(HashEncoder())


def test_two_processes_that_build_at_once_both_end_with_a_whole_index(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from pathlib import Path\n"
        "from hash_encoder import HashEncoder\n"
        "from index.workspace import Workspace\n"
        "index = Workspace(Path(sys.argv[1]), lambda _: None).build(HashEncoder())\n"
        "print(len(index.search('geld').hits))\n"
    )
    command = [sys.executable, "-c", program, str(tmp_path), str(Path(__file__).parent)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    ended = [process.communicate(timeout=120) for process in running]
    assert [out.strip() for out, _ in ended] == ["10"] * 3, ended
    folders = {path for path in (tmp_path / "index").iterdir() if path.is_dir()}
    assert folders == {generation(tmp_path), tmp_path / "index" / "shards"}
    assert len(list((tmp_path / "index" / "shards").iterdir())) == 1


def test_progress_runs_to_the_end(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    workspace = Workspace(tmp_path, lambda _: None, lambda done, total: seen.append((done, total)))
    workspace.build(HashEncoder())
    assert seen[-1][0] == seen[-1][1] == 240
    assert np.all(np.diff([done for done, _ in seen]) > 0)
