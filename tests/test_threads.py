"""The library that multiplies matrices works in one thread while sentences are parsed, and is given back as it was."""

import contextlib
import os
import subprocess
import sys
import threading
import time

import numpy
import pytest
from threadpoolctl import threadpool_info, threadpool_limits

from reportedly import Reader, syntax, threads


def seen():
    return {each["num_threads"] for each in threadpool_info() if each["user_api"] == "blas"}


pytestmark = pytest.mark.skipif(
    not threadpool_info(), reason="numpy multiplies with a library that nothing can hold back"
)


@pytest.fixture(autouse=True)
def two():
    numpy.ones((2, 2)) @ numpy.ones((2, 2))
    with threadpool_limits(2, user_api="blas"):
        yield


def test_it_is_given_back_when_the_outer_block_ends():
    assert seen() == {2}
    with threads.one():
        with threads.one():
            assert seen() == {1}
        assert seen() == {1}
    assert seen() == {2}


def test_it_is_given_back_where_the_block_fails():
    with pytest.raises(ZeroDivisionError), threads.one():
        _ = 1 / 0
    assert seen() == {2}


class Slow:
    """A library that two threads ask at once, if they can, how many threads it has; who held it first gives it back first."""

    def __init__(self):
        self.number, self.held, self.back = 2, 0, 0
        self.both = threading.Barrier(2)
        self.lib_controllers = [self]

    def get_num_threads(self):
        number = self.number
        with contextlib.suppress(threading.BrokenBarrierError):
            self.both.wait(0.3)
        return number

    @contextlib.contextmanager
    def limit(self, limits):
        turn, before = self.held, self.number
        self.held, self.number = self.held + 1, limits
        yield
        while self.back < turn:
            time.sleep(0.001)
        self.number = before
        self.back += 1


def test_two_threads_that_enter_at_once_leave_nothing_behind(monkeypatch):
    library, inside = Slow(), []
    monkeypatch.setattr(threads, "_libraries", lambda: library)

    def work():
        with threads.one():
            inside.append(library.number)
            time.sleep(0.05)

    crowd = [threading.Thread(target=work) for _ in range(2)]
    for each in crowd:
        each.start()
    for each in crowd:
        each.join()
    assert (inside, library.number) == ([1, 1], 2)


def run_alone(program):
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "2", "MKL_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stderr


def test_a_process_forked_while_a_thread_takes_its_limit_does_not_wait_for_it():
    program = (
        "import os, signal\n"
        "from reportedly import threads\n"
        "with threads.one(): pass\n"
        "with threads._shared.lock:\n"
        "    pid = os.fork()\n"
        "    if not pid:\n"
        "        signal.alarm(10)\n"
        "        with threads.one(): os._exit(0)\n"
        "assert os.waitpid(pid, 0)[1] == 0\n"
    )
    assert run_alone(program) == (0, "")


@pytest.mark.parametrize("code", ["fr", "en"])
def test_models_multiply_with_numpy_and_in_one_thread(monkeypatch, code):
    language = Reader().language(code)
    loaded = syntax.load(language.parser)
    told = []

    class Spy:
        def pipe(self, documents):
            told.append(seen())
            return documents

    shown = [*loaded.pipeline.pipeline, ("spy", Spy())]
    monkeypatch.setattr(type(loaded.pipeline), "pipeline", property(lambda _: shown))
    text = language.prepare("Alep.")
    syntax.parse(text, language.parser)
    assert told == [{1}]
    assert seen() == {2}
    parts = [part for name, component in shown[:-1] for part in component.model.walk()]
    assert {part.name for part in parts if part.ops.use_blis} <= {"linear"}
    assert "maxout" in {part.name for part in parts}
