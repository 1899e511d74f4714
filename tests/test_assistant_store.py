"""The store: what is saved stays saved, through crashes, other processes, and files that are not right."""

from __future__ import annotations

import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from answers import answer_of
from assistant.answer import Answer
from assistant.checks import Check, Place, Verdict
from assistant.database import Database, StoreError
from assistant.question_log import QuestionLog
from assistant.store import CheckStore, ConflictError, GoneError
from ingest.letter import Letter

ROOT = Path(__file__).parent.parent
RIGHT = Verdict("right")
# Adds items for as long as it lives and says the number of each once it is committed.
WRITER = """
import sys
from pathlib import Path
from assistant.answer import Answer
from assistant.store import CheckStore
store = CheckStore(Path(sys.argv[1]))
for n in range(int(sys.argv[3])):
    question = f"{sys.argv[2]} {n}"
    print(store.add(Answer(question, question, "not_stated", "Nee."), (), "run")[0], flush=True)
"""


@pytest.fixture
def store(tmp_path: Path) -> CheckStore:
    return CheckStore(tmp_path / "controle.sqlite3")


@pytest.fixture
def answer(letter: Letter) -> Answer:
    return answer_of(letter, "Wat staat er?", 40, 60)


def check(*verdicts: Verdict, initials: str = "AB", at: str = "2026-11-23T10:00:00+00:00") -> Check:
    return Check(initials, at, verdicts)


def writer(path: Path, name: str, count: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), name, str(count)]
    return subprocess.Popen(
        command, cwd=ROOT, env=os.environ | {"PYTHONPATH": str(ROOT)}, stdout=subprocess.PIPE, text=True
    )


def test_item_comes_back_as_it_was_put_in(store: CheckStore, answer: Answer) -> None:
    number, new = store.add(answer, ("Eerst dit?",), "typed")
    item = store.item(number)
    assert new
    assert item.answer == answer
    assert (item.question, item.history, item.source) == ("Wat staat er?", ("Eerst dit?",), "typed")
    assert (item.open, item.version, item.check, item.feedback) == (True, 1, None, ())


def test_same_question_and_answer_stand_in_the_queue_once(store: CheckStore, letter: Letter) -> None:
    first, _ = store.add(answer_of(letter, "Wat staat er?", 40), (), "typed")
    assert store.add(answer_of(letter, "wat staat er", 40), (), "run") == (first, False)
    other, new = store.add(answer_of(letter, "Wat staat er?", 41), (), "run")
    assert new
    assert other != first


def test_empty_store_is_empty_and_leaves_no_file(store: CheckStore, answer: Answer, tmp_path: Path) -> None:
    assert (store.entries(), store.count(), list(store.items())) == ([], 0, [])
    assert store.checked(answer) is None
    assert store.next_open(0) is None
    assert list(tmp_path.iterdir()) == []


def test_check_is_saved_with_everything_in_it(store: CheckStore, answer: Answer, letter: Letter) -> None:
    number, _ = store.add(answer, (), "typed")
    place = Place(letter.slug, 3, 9, letter.text[3:9])
    saved = check(Verdict("wrong", "Zie ‘Wmo’.", place), RIGHT)
    store.save(number, 1, saved)
    item = store.item(number)
    assert item.check == saved
    assert (item.version, item.open) == (2, False)


def test_partly_checked_item_stays_open(store: CheckStore, answer: Answer) -> None:
    number, _ = store.add(answer, (), "typed")
    assert store.save(number, 1, check(RIGHT, Verdict())).open


def test_history_keeps_who_when_and_what_was_before(store: CheckStore, answer: Answer) -> None:
    number, _ = store.add(answer, (), "typed")
    first = check(RIGHT, RIGHT)
    second = check(Verdict("wrong"), RIGHT, initials="CD", at="2026-11-24T10:00:00+00:00")
    store.save(number, 1, first)
    store.save(number, 2, second)
    changes = store.changes(number)
    assert [(c.who, c.before, c.after) for c in changes] == [("CD", first, second), ("AB", None, first)]


def test_double_submit_is_saved_once(store: CheckStore, answer: Answer) -> None:
    number, _ = store.add(answer, (), "typed")
    store.save(number, 1, check(RIGHT, RIGHT))
    again = store.save(number, 1, check(RIGHT, RIGHT, at="2026-11-23T10:00:05+00:00"))
    assert again.version == 2
    assert len(store.changes(number)) == 1


def test_second_person_is_told_and_nothing_is_overwritten(store: CheckStore, answer: Answer) -> None:
    number, _ = store.add(answer, (), "typed")
    first = check(RIGHT, RIGHT)
    store.save(number, 1, first)
    with pytest.raises(ConflictError) as conflict:
        store.save(number, 1, check(Verdict("wrong"), RIGHT, initials="CD"))
    assert conflict.value.item.check == first
    assert store.item(number).check == first


def test_of_two_at_the_same_moment_one_is_saved(store: CheckStore, answer: Answer) -> None:
    number, _ = store.add(answer, (), "typed")
    outcomes: list[str] = []

    def save(initials: str) -> None:
        try:
            store.save(number, 1, check(RIGHT, RIGHT, initials=initials))
            outcomes.append("saved")
        except ConflictError:
            outcomes.append("told")

    threads = [threading.Thread(target=save, args=(f"A{chr(65 + n)}",)) for n in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["saved", *["told"] * 5]


def test_checked_answer_is_known_until_a_passage_changes(store: CheckStore, answer: Answer) -> None:
    number, _ = store.add(answer, (), "typed")
    assert store.checked(answer) is None
    saved = check(RIGHT, RIGHT)
    store.save(number, 1, saved)
    assert store.checked(replace(answer, resolved_question="wat staat er")) == saved
    changed = replace(answer.citations[1], passage=answer.citations[1].passage + " En meer.")
    assert store.checked(replace(answer, citations=(answer.citations[0], changed))) is None
    assert store.checked(replace(answer, resolved_question="Wat staat er niet?")) is None


@pytest.mark.parametrize(
    "found",
    [
        check(RIGHT, Verdict("incomplete")),
        check(RIGHT, Verdict()),
        replace(check(RIGHT, RIGHT), unanswerable=True),
    ],
)
def test_answer_that_was_not_found_right_is_not_checked(
    store: CheckStore, answer: Answer, found: Check
) -> None:
    number, _ = store.add(answer, (), "typed")
    store.save(number, 1, found)
    assert store.checked(answer) is None


def test_feedback_goes_to_the_queue_and_opens_what_was_done(store: CheckStore, answer: Answer) -> None:
    number = store.add_feedback(answer, (), useful=True)
    store.save(number, 1, check(RIGHT, RIGHT))
    store.add_feedback(answer, (), useful=True)
    assert not store.item(number).open
    store.add_feedback(answer, (), useful=False, remark="Onjuist")
    item = store.item(number)
    assert item.open
    assert [(f.useful, f.remark) for f in item.feedback] == [(True, ""), (True, ""), (False, "Onjuist")]
    (entry,) = store.entries("open", "feedback")
    assert (entry.feedback, entry.unhelpful) == (3, 1)
    assert store.checked(answer) == item.check  # a reader does not undo what staff found


def test_queue_is_filtered_and_goes_round(store: CheckStore, letter: Letter) -> None:
    numbers = [store.add(answer_of(letter, f"Vraag {n}?", n), (), "run")[0] for n in (40, 41, 42)]
    store.save(numbers[1], 1, check(RIGHT))
    assert [e.number for e in store.entries("open")] == [numbers[0], numbers[2]]
    assert [e.number for e in store.entries("done")] == [numbers[1]]
    assert store.entries("all", "typed") == []
    assert [e.number for e in store.entries(first=1, count=1)] == [numbers[1]]
    assert store.count("open", "run") == 2
    assert store.next_open(numbers[0]) == numbers[2]
    assert store.next_open(numbers[2]) == numbers[0]


def test_removed_item_is_gone_with_its_words(store: CheckStore, answer: Answer, tmp_path: Path) -> None:
    number = store.add_feedback(answer, ("Kwijtgeraakt?",), useful=False, remark="Van mevrouw Jansen")
    store.remove(number)
    with pytest.raises(GoneError, match=f"Antwoord {number} staat niet"):
        store.item(number)
    with pytest.raises(GoneError):
        store.remove(number)
    assert not any(b"Jansen" in file.read_bytes() for file in tmp_path.iterdir())
    assert store.add(answer, (), "run")[0] > number  # a number means one item for ever


def test_committed_items_survive_a_kill_at_any_moment(tmp_path: Path) -> None:
    path = tmp_path / "controle.sqlite3"
    said: list[int] = []
    for round_ in range(6):
        process = writer(path, f"ronde {round_}", 10_000)
        assert process.stdout
        said.append(int(process.stdout.readline()))
        time.sleep(0.07 * round_)
        process.send_signal(signal.SIGKILL)
        rest, _ = process.communicate()
        said += [int(line) for line in rest.split("\n")[:-1]]
    kept = [entry.number for entry in CheckStore(path).entries()]
    assert set(said) <= set(kept)
    assert len(kept) <= len(said) + 6  # one in each round may be committed and not yet said
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_processes_write_side_by_side_from_the_first_moment(tmp_path: Path) -> None:
    path = tmp_path / "controle.sqlite3"
    processes = [writer(path, f"proces {n}", 15) for n in range(3)]
    numbers = [int(line) for process in processes for line in process.communicate()[0].split()]
    assert [process.returncode for process in processes] == [0, 0, 0]
    assert sorted(numbers) == list(range(1, 46))
    assert CheckStore(path).count() == 45


def test_file_is_for_its_owner_only_and_fully_synchronous(
    store: CheckStore, answer: Answer, tmp_path: Path
) -> None:
    store.add(answer, (), "run")
    (path,) = tmp_path.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)
    with Database(path, ((),)).reading() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_migration_takes_the_older_file_along(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite3"
    first = ("CREATE TABLE note (text TEXT)",)
    with Database(path, (first,)).writing() as connection:
        connection.execute("INSERT INTO note VALUES ('bewaard')")
    second = ("ALTER TABLE note ADD COLUMN who TEXT NOT NULL DEFAULT '?'",)
    with Database(path, (first, second)).reading() as connection:
        assert tuple(connection.execute("SELECT * FROM note").fetchone()) == ("bewaard", "?")
        assert connection.execute("PRAGMA user_version").fetchone()[0] == 2


def test_migration_that_fails_leaves_the_file_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "x.sqlite3"
    first = ("CREATE TABLE note (text TEXT)",)
    with Database(path, (first,)).writing() as connection:
        connection.execute("INSERT INTO note VALUES ('bewaard')")
    broken = ("CREATE TABLE half (x)", "CREATE TABLE note (twice TEXT)")
    with pytest.raises(sqlite3.OperationalError), Database(path, (first, broken)).reading():
        pass
    with Database(path, (first,)).reading() as connection:
        tables = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema")]
    assert tables == ["note"]


def _damage(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = bytes(len(data) - 4096)
    path.write_bytes(data)


def _newer(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version=99")


def _foreign(path: Path) -> None:
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE theirs (x)")


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_damage, "is beschadigd. Het is niet veranderd. Zet een reservekopie terug"),
        (lambda path: path.write_bytes(b"geen database" * 100), "is beschadigd. Het is niet veranderd."),
        (_newer, "nieuwere Vraagbaak (indeling 99, deze Vraagbaak kent 1). Het is niet veranderd."),
        (_foreign, "is niet van Vraagbaak. Het is niet veranderd."),
    ],
)
def test_file_that_is_not_right_is_said_and_not_touched(
    answer: Answer, tmp_path: Path, spoil: object, said: str
) -> None:
    path = tmp_path / "controle.sqlite3"
    CheckStore(path).add(answer, (), "run")
    spoil(path)  # type: ignore[operator]
    before = path.read_bytes()
    for use in (CheckStore(path).entries, lambda: CheckStore(path).add(answer, (), "run")):
        with pytest.raises(StoreError) as trouble:
            use()
        assert said in str(trouble.value)
        assert str(path) in str(trouble.value)
    assert path.read_bytes() == before


def test_folder_that_cannot_be_made_is_said(answer: Answer, tmp_path: Path) -> None:
    (tmp_path / "map").write_text("een bestand")
    with pytest.raises(StoreError, match="Er is niets bewaard"):
        CheckStore(tmp_path / "map" / "controle.sqlite3").add(answer, (), "run")


def test_what_fails_halfway_is_not_saved(store: CheckStore, answer: Answer, tmp_path: Path) -> None:
    store.add(answer, (), "run")
    database = Database(tmp_path / "controle.sqlite3", ((),))
    with pytest.raises(ZeroDivisionError), database.writing() as connection:
        connection.execute("DELETE FROM item")
        raise ZeroDivisionError
    assert store.count() == 1


def test_backup_is_whole_while_the_store_is_in_use(store: CheckStore, answer: Answer, tmp_path: Path) -> None:
    store.add(answer, (), "run")
    target = tmp_path / "kopie.sqlite3"
    with Database(tmp_path / "controle.sqlite3", ((),)).writing() as connection:
        connection.execute("UPDATE item SET question = 'half'")
        store.backup(target)
    assert [item.question for item in CheckStore(target).items()] == ["Wat staat er?"]
    assert not list(tmp_path.glob("*.deel"))


def test_question_log_keeps_questions_and_forgets_them(tmp_path: Path) -> None:
    log = QuestionLog.of_home(tmp_path)
    assert log.entries() == []
    log.add(Answer("En dan?", "Wat? En dan?", "not_stated", "Nee."), ("Wat?",))
    (asked,) = log.entries()
    assert (asked.question, asked.history, asked.status) == ("En dan?", ("Wat?",), "not_stated")
    assert log.clear() == 1
    assert log.entries() == []
