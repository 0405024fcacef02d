"""Workers: a document that hangs, dies or eats memory costs that one document; the others come back as if it were not there."""

import os
import random
import select
import signal
import subprocess
import sys
import threading
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

import making
import reportedly
import workerjobs
from reportedly.records import Problem, Reading
from reportedly.workers import Clerk, Limits, Pool, Setup, Work, frames, jobs, nursery, read_pool

# the function of that name hides the module
clerks = sys.modules["reportedly.workers.clerk"]
NOTHING_LOADED = Setup(languages=())
SHORT = Limits(seconds=0.3, patience=4, megabytes=160, attempts=2)
SAID = {
    "spin": "took longer than 0.3 seconds to read",
    "wait": "no answer within 1.2 seconds",
    "eat": "needs more than 160 megabytes of memory",
    "burst": "needs more than 160 megabytes of memory",
    "crash": "its worker died 2 times (SIGSEGV)",
    "leave": "its worker died 2 times (it ended by itself)",
}


def saying(words):
    return [Work("workerjobs:say", str(word), word, single=True) for word in words]


def doing(deeds, *, job="do"):
    return Work(f"workerjobs:{job}", "deeds", deeds)


def said(answers):
    return (frames.opened(frame)["said"] for frame in answers)


def told(answers):
    return [(p.name, p.reason) for p in map(frames.opened, answers)]


@pytest.fixture(scope="module")
def pool():
    with Pool(workers=2, bounds=SHORT, setup=NOTHING_LOADED) as made:
        yield made


def test_answers_come_in_the_order_of_the_inputs(pool):
    assert list(said(pool.run(saying(range(300))))) == list(range(300))


@pytest.mark.parametrize("deed", SAID)
def test_a_document_that_takes_its_worker_down_is_one_problem_and_its_neighbours_are_read(pool, deed):
    works = [*saying(range(10)), Work("workerjobs:do", "bad.txt", [deed], single=True), *saying(range(10, 20))]
    answers = [frames.opened(frame) for frame in pool.run(works)]
    problem = answers.pop(10)
    assert [answer["said"] for answer in answers] == list(range(20))
    assert (problem.name, problem.reason) == ("bad.txt", SAID[deed])


@pytest.mark.parametrize("deed", SAID)
def test_a_bad_report_within_a_file_leaves_those_behind_it(pool, deed):
    answers = told(pool.run([doing(["one", "two", deed, "three"])]))
    assert answers == [("one", "done"), ("two", "done"), ("deeds: report 3", SAID[deed]), ("three", "done")]


def test_how_far_a_file_is_never_goes_back_for_a_report_that_is_lost(pool):
    works = [doing(["one", "two", "crash", "three"]), doing(["four"])]
    for work in works:
        work.size = 40
    assert [frame.at for frame in pool.run(works)] == [10, 20, 20, 40, 50]


def test_a_report_that_cannot_be_passed_ends_its_file_and_says_so(pool):
    answers = told(pool.run([doing(["one", "spin", "three"], job="crawl"), *[doing(["four"])]]))
    assert [name for name, _ in answers] == ["one", "deeds: report 2", "deeds: report 3", "four"]
    assert answers[2][1].endswith("what follows in the file is not read")


def test_what_goes_wrong_in_a_job_is_a_problem_that_names_it(pool):
    assert told(pool.run([doing(["fail"])])) == [("deeds", "reading it failed: KeyError: 'missing'")]


def test_a_worker_serves_many_and_makes_room_for_another_in_time():
    few = Limits(documents=20)
    with Pool(workers=1, bounds=few, setup=NOTHING_LOADED) as pool:
        answers = [frames.opened(frame) for frame in pool.run(saying(range(60)))]
    assert [answer["said"] for answer in answers] == list(range(60))
    assert len({answer["by"] for answer in answers}) == 3


def test_a_worker_that_is_full_amid_a_file_leaves_the_rest_of_it_to_another(pool):
    answers = [frames.opened(frame) for frame in pool.run([Work("workerjobs:count", "many", 80)])]
    assert [answer["said"] for answer in answers] == list(range(80))
    assert len({answer["by"] for answer in answers}) > 1
    # each makes room with the piece that fills it: who has the next does not pay for those before
    bound = nursery.FULL * (SHORT.megabytes << 20) + 2 * workerjobs.PIECE
    assert max(answer["held"] for answer in answers) < bound


@pytest.mark.parametrize("alone", [True, False])
def test_what_finds_no_room_beside_what_was_read_before_is_read_by_a_new_worker(alone):
    works = [doing([deed]) for deed in ("one", "crowd", "need", "eat", "two")] if alone else []
    works = works or [doing(["one", "crowd", "need", "eat", "two"])]
    with Pool(workers=1, bounds=SHORT, setup=NOTHING_LOADED) as pool:
        reasons = [reason for _, reason in told(pool.run(works))]
    assert reasons == ["done", "done", "done", SAID["eat"], "done"]


def test_workers_killed_from_outside_cost_nothing():
    chance = random.Random(8)
    words = list(range(400))
    found = []
    with Pool(workers=2, bounds=Limits(attempts=50), setup=NOTHING_LOADED) as pool:
        for number, word in enumerate(said(pool.run(saying(words)))):
            found.append(word)
            if number % 5 == 0 and pool.pids:
                # one that was killed before is listed until the pool hears of its end
                with suppress(ProcessLookupError):
                    os.kill(chance.choice(pool.pids), signal.SIGKILL)
    assert found == words


def test_where_the_process_that_has_the_workers_is_killed_another_takes_its_place():
    found = []
    with Pool(workers=2, bounds=Limits(attempts=5), setup=NOTHING_LOADED) as pool:
        for word in said(pool.run(saying(range(300)))):
            found.append(word)
            if word == 20:
                os.kill(pool._nursery.process.pid, signal.SIGKILL)
    assert found == list(range(300))


def test_a_run_that_is_stopped_finishes_what_it_is_at_and_begins_nothing_new():
    found, taken = [], []

    def works():
        for work in saying(range(10_000)):
            taken.append(work)
            yield work

    with Pool(workers=2, setup=NOTHING_LOADED) as pool:
        for word in said(pool.run(works(), stopped=lambda: len(found) >= 50)):
            found.append(word)  # noqa: PERF402 - it is stopped by what it has found
    assert found[:50] == list(range(50))
    assert found == sorted(found)
    assert 50 <= len(found) <= len(taken) < 1000


def test_workers_end_with_the_program_that_has_them():
    program = (
        "import os, sys\nfrom reportedly.workers import *\n"
        "pool = Pool(workers=2, setup=Setup(languages=()))\n"
        "next(iter(pool.run(Work('workerjobs:say', 'x', 1, single=True) for _ in range(9))))\n"
        "print(*pool.pids, pool._nursery.process.pid, flush=True)\n"
        "sys.stdin.read()"
    )
    command = [sys.executable, "-c", program]
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as started:
        handles = [os.pidfd_open(int(pid)) for pid in started.stdout.readline().split()]
        started.kill()
        for handle in handles:
            assert select.select([handle], [], [], 20)[0]
            os.close(handle)


def run_alone(program):
    """Run a program of its own, with these tests' jobs at hand."""
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}
    return subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60, check=False
    )


def test_ctrl_c_while_a_copy_is_made_does_not_have_the_copy_go_on_as_the_program():
    program = (
        "import os, signal\nfrom reportedly.workers import *\n"
        "fork = os.fork\n"
        "def interrupted():\n"
        "    pid = fork()\n"
        "    if pid == 0: os.kill(os.getpid(), signal.SIGINT)\n"
        "    return pid\n"
        "os.fork = interrupted\n"
        "me = os.getpid()\n"
        "try:\n"
        "    with Pool(workers=1, setup=Setup(languages=()), copied=True) as pool:\n"
        "        found = [*pool.run([Work('workerjobs:say', 'x', 1, single=True)])]\n"
        "finally:\n"
        "    print('done by', 'the program' if os.getpid() == me else 'its copy', flush=True)\n"
    )
    done = run_alone(program)
    assert (done.stdout, done.stderr, done.returncode) == ("done by the program\n", "", 0)


def test_a_program_with_thousands_of_open_files_can_have_workers():
    program = (
        "import os, resource\nfrom reportedly.workers import *\n"
        "most = resource.getrlimit(resource.RLIMIT_NOFILE)[1]\n"
        "resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))\n"
        "held = [os.open(os.devnull, os.O_RDONLY) for _ in range(1100)]\n"
        "for copied in (True, False):\n"
        "    with Pool(workers=1, setup=Setup(languages=()), copied=copied) as pool:\n"
        "        print(len([*pool.run([Work('workerjobs:say', 'x', 1, single=True)])]))\n"
    )
    done = run_alone(program)
    assert (done.stdout, done.stderr) == ("1\n1\n", "")


def test_broken_data_is_nobodys_document_and_is_raised(tmp_path):
    wrong = tmp_path / "words.tsv"
    wrong.write_text("nonsense\n", encoding="utf-8")
    setup = Setup(lexicon=str(wrong), languages=("fr",))
    with Pool(setup=setup) as pool, pytest.raises(reportedly.RuleError):
        list(pool.run(saying([1])))


def test_who_stops_while_models_are_loaded_need_not_wait_for_them():
    asked = iter([False, True])
    with Pool(workers=1, setup=Setup()) as pool:
        assert list(pool.run(saying(["a"]), stopped=lambda: next(asked, True))) == []
        assert (pool._nursery, pool.pids) == (None, [])
    assert next(asked, None) is None, "it was asked while the workers started"


def document(text, name="report"):
    (made,) = reportedly.documents(text, language="fr")
    return msgspec.structs.replace(made, name=name)


@pytest.fixture(scope="module")
def clerk():
    kept = Clerk({}, languages=(), bounds=Limits(characters=1000))
    yield kept
    kept.close()


def test_a_clerk_reads_on_whatever_became_of_its_worker(clerk):
    clerk.start()
    for pid in clerk._pool.pids:
        os.kill(pid, signal.SIGKILL)
    (reading,) = clerk.read([document("Douze civils ont été tués mardi à Alep.")])
    assert isinstance(reading, Reading)
    (refused,) = clerk.read([document("Douze civils. " * 100)])
    assert refused.reason == "it has 1,400 characters, the limit is 1,000"
    os.kill(clerk._pool._nursery.process.pid, signal.SIGKILL)
    (again,) = clerk.read([document("Douze civils ont été tués mardi à Alep.")])
    assert again.claims == reading.claims


def test_answers_that_nobody_takes_are_nobody_elses(clerk, tmp_path):
    path = tmp_path / "a.jsonl"
    rows = ({"id": f"{number}", "text": "Douze morts.", "language": "fr"} for number in range(40))
    path.write_bytes(making.lines(*rows))
    begun = clerk.read([path])
    assert next(begun).document.name == "0"
    begun.close()
    (reading,) = clerk.read([document("Treize morts.", name="another")])
    assert reading.document.name == "another"


def test_who_ends_the_program_does_not_wait_for_what_is_being_read(tmp_path):
    pipe = tmp_path / "nobody writes.txt"
    os.mkfifo(pipe)
    program = (
        "import os, sys, threading\nfrom reportedly import api\n"
        "kept = api.clerk(languages=())\n"
        "threading.Thread(target=lambda: list(kept.read([sys.argv[1]])), daemon=True).start()\n"
        "held = os.open(sys.argv[1], os.O_WRONLY)\n"
        "print(*kept._pool.pids, kept._pool._nursery.process.pid, flush=True)\n"
        "sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, pipe], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as started:
        handles = [os.pidfd_open(int(pid)) for pid in started.stdout.readline().split()]
        _, said = started.communicate(timeout=60)
        assert (started.returncode, said, len(handles)) == (0, b"", 2)
        for handle in handles:
            assert select.select([handle], [], [], 20)[0]
            os.close(handle)


def test_threads_that_ask_at_once_get_the_same_clerk(monkeypatch):
    made = []

    class Slow:
        def __init__(self, *_, **__):
            for _ in range(20_000):
                made[:] = made
            made.append(self)

        def leave(self):
            pass

    monkeypatch.setattr(clerks, "Clerk", Slow)
    together = threading.Barrier(8)

    def ask():
        together.wait()
        clerks.clerk(gazetteer="nobody else's")

    asking = [threading.Thread(target=ask) for _ in range(8)]
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    for each in asking:
        each.start()
    for each in asking:
        each.join()
    sys.setswitchinterval(usual)
    assert len(made) == 1


FRAMES = st.lists(st.tuples(st.sampled_from([b"R", b"E"]), st.binary(max_size=40), st.integers(0, 1 << 40)))


@given(FRAMES, st.integers(1, 50))
def test_frames_come_out_as_they_went_in_whatever_the_pieces(sent, size):
    stream = b"".join(frames.pack(frames.Frame(*each)) for each in sent)
    inbox = frames.Inbox()
    pieces = [stream[i : i + size] for i in range(0, len(stream), size)]
    assert [tuple(frame) for piece in pieces for frame in inbox.feed(piece)] == sent


TEXTS = [
    "L'armée a annoncé mardi avoir tué 12 combattants près de Gao.",
    "Selon le maire, trois civils ont été blessés à Ansongo.",
    "Les rebelles démentent avoir pris la ville.",
    "Un convoi a été attaqué près de Kidal, a rapporté une source militaire.",
]


def test_a_pool_reads_as_one_reader_does(tmp_path):
    """Files of one report, a file of several, documents in memory: in order, the same readings."""
    single = tmp_path / "one.txt"
    single.write_text(TEXTS[0], encoding="utf-8")
    several = tmp_path / "several.jsonl"
    lines = [f'{{"id": "{n}", "text": "{text}"}}\n' for n, text in enumerate(TEXTS)]
    several.write_text("".join([*lines[:2], "no article\n", *lines[2:]]), encoding="utf-8")
    loose = next(iter(reportedly.documents(TEXTS[3], language="fr")))
    inputs = [single, several, tmp_path / "missing.txt", loose]
    reader = reportedly.Reader()
    expected = []
    for each in inputs[:3]:
        expected += [d if isinstance(d, Problem) else reader.read(d) for d in reportedly.documents(each, language="fr")]
    expected.append(reader.read(loose))
    found = list(read_pool(inputs, workers=2, given={"language": "fr"}, setup=Setup(languages=("fr",))))
    assert found == expected
    assert [type(each) for each in found].count(Problem) == 2
    assert sum(len(each.claims) for each in found if isinstance(each, Reading)) >= 5


def test_a_file_of_many_reports_is_read_to_its_end_while_it_is_still_being_opened(tmp_path):
    many = tmp_path / "many.jsonl"
    text = TEXTS[0] + " Il a plu." * 400
    many.write_text("".join(f'{{"id": "{n}", "text": "{text}"}}\n' for n in range(90)), encoding="utf-8")
    found = read_pool([many], workers=2, setup=Setup(languages=("fr",), mode="fast"), given={"language": "fr"})
    assert [reading.document.name for reading in found] == [str(n) for n in range(90)]


def test_only_wanted_documents_are_read(tmp_path):
    several = tmp_path / "several.jsonl"
    several.write_text(
        "".join(f'{{"id": "{n}", "text": "{text}"}}\n' for n, text in enumerate(TEXTS)), encoding="utf-8"
    )
    found = read_pool(
        [several], wanted=lambda d: d.name in {"1", "3"}, setup=Setup(languages=("fr",)), given={"language": "fr"}
    )
    assert [reading.document.name for reading in found] == ["1", "3"]


class Failing:
    """A reader that fails as it is told."""

    def __init__(self, error):
        self.error = error

    def read(self, _document):
        raise self.error


def test_a_fault_in_reading_is_the_documents_and_memory_that_runs_out_is_the_workers():
    (loose,) = reportedly.documents(TEXTS[0], language="fr")
    problem = jobs.Desk(Failing(KeyError("missing")), Setup(), Limits()).read(loose)
    assert (problem.name, problem.reason) == (loose.name, "reading it failed: KeyError: 'missing'")
    problem = jobs.Desk(Failing(reportedly.InputError("it is odd", cure="mend it")), Setup(), Limits()).read(loose)
    assert (problem.reason, problem.cure) == ("it is odd", "mend it")
    for error in (MemoryError(), reportedly.RuleError("broken", cure="mend it")):
        with pytest.raises(type(error)):
            jobs.Desk(Failing(error), Setup(), Limits()).read(loose)


@pytest.mark.parametrize("limits, reason", [(Limits(characters=50), "characters"), (Limits(tokens=5), "tokens")])
def test_a_text_beyond_the_limits_is_refused_before_it_is_read(limits, reason):
    loose = next(iter(reportedly.documents(TEXTS[0], language="fr")))
    (problem,) = read_pool([loose], limits=limits, setup=NOTHING_LOADED)
    assert isinstance(problem, Problem)
    assert reason in problem.reason
