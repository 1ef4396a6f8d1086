"""Acts of two people at the same moment, each in a process of its own."""

from multiprocessing import get_context

from tests.support.waiting import PATIENCE


def at_once(*acts):
    """Do all of these at the same time; fail if one of them fails, or never ends."""
    context = get_context("fork")
    ready = context.Barrier(len(acts))

    def begin(act):
        ready.wait()
        act()

    processes = [context.Process(target=begin, args=(act,)) for act in acts]
    for process in processes:
        process.start()
    for process in processes:
        process.join(PATIENCE)
        process.kill()
        process.join()
    assert [process.exitcode for process in processes] == [0] * len(acts)


def often(act, *arguments, times=15):
    """Do an act again and again; each time it gets the number of it."""
    for number in range(times):
        act(*arguments, number)
