"""The library that multiplies matrices works in one thread while sentences are parsed, and is given back as it was."""

import os
import subprocess
import sys

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


def run_alone(program):
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "2", "MKL_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"}
    done = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    return done.returncode, done.stderr


def test_many_threads_at_once_leave_nothing_behind():
    program = (
        "import threading, numpy\n"
        "from threadpoolctl import threadpool_info\n"
        "from reportedly import threads\n"
        "def seen(): return [each['num_threads'] for each in threadpool_info()]\n"
        "def work():\n"
        "    for _ in range(3000):\n"
        "        with threads.one(): sum(range(50))\n"
        "before = seen()\n"
        "crowd = [threading.Thread(target=work) for _ in range(4)]\n"
        "for each in crowd: each.start()\n"
        "for each in crowd: each.join()\n"
        "assert seen() == before != [1], (before, seen())\n"
    )
    assert run_alone(program) == (0, "")


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
