"""What a process gives up: each right is used before, in the same way, and refused after."""

from __future__ import annotations

import subprocess
import sys
import textwrap

import pytest

PRELUDE = """
import os, resource, socket, sys, threading
from kg.sparql import sandbox
import pyoxigraph as ox

def refused(use):
    try:
        use()
    except OSError as error:
        return error.errno
    return 0

listener = socket.create_server(("127.0.0.1", 0))
address = listener.getsockname()

def connect():
    with socket.socket() as one:
        one.connect(address)

def service():
    list(ox.Store().query("SELECT * { SERVICE <http://127.0.0.1:%d/> { ?s ?p ?o } }" % address[1]))

def start():
    pid = os.posix_spawn(sys.executable, [sys.executable, "-c", "pass"], os.environ)
    if os.waitpid(pid, 0)[1]:
        raise PermissionError(1, "no program")
"""
linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux filters calls")


def run(code: str) -> str:
    source = PRELUDE + textwrap.dedent(code)
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@linux
def test_no_connection_and_no_program_after_the_network_was_given_up() -> None:
    code = """
    before = [refused(connect), refused(start)]
    waiting, told = threading.Event(), []
    older = threading.Thread(target=lambda: (waiting.wait(), told.append(refused(connect))))
    older.start()
    assert sandbox.drop_network()
    waiting.set()
    older.join()
    print(before, [refused(connect), refused(start)], told)
    """
    assert run(code) == "[0, 0] [1, 1] [1]"


@linux
def test_a_service_is_refused_by_the_kernel() -> None:
    code = """
    sandbox.drop_network()
    try:
        service()
    except PermissionError as error:
        print(error)
    """
    assert run(code).startswith("Operation not permitted")


def test_no_file_after_files_were_given_up() -> None:
    code = """
    before = refused(lambda: open(os.devnull).close())
    sandbox.drop_files()
    print(before, refused(lambda: open(os.devnull)) > 0, refused(connect) > 0)
    """
    assert run(code) == "0 True True"


def test_memory_is_limited_on_top_of_what_is_mapped() -> None:
    code = """
    sandbox.limit_memory(64 * 2**20)
    kept = bytearray(32 * 2**20)
    try:
        bytearray(64 * 2**20)
    except MemoryError:
        print("too much")
    """
    assert run(code) == "too much"


@linux
def test_a_child_ends_with_its_parent() -> None:
    code = """
    reading, writing = os.pipe()
    parent = os.fork()
    if parent == 0:
        if os.fork() == 0:
            sandbox.die_with_parent()
            os.write(writing, b"x")
            threading.Event().wait(50)
            os._exit(0)
        os.read(reading, 1)
        os._exit(0)
    os.waitpid(parent, 0)
    os.close(writing)
    print(os.read(reading, 1))
    """
    # The pipe ends only when the grandchild, too, has ended.
    assert run(code) == "b''"
