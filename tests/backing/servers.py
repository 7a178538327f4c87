"""Starts the servers that tests stand on, so that none of them outlives the tests."""

import ctypes
import pwd
import signal
import subprocess
import sys
from collections.abc import Mapping

PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)


def start(
    command: list[str],
    stop: signal.Signals,
    *,
    user: pwd.struct_passwd | None = None,
    env: Mapping[str, str] | None = None,
    cwd: str = "/",
) -> "subprocess.Popen[bytes]":
    """Start a quiet server; Linux sends it `stop` even when the tests are killed.

    It gets a session of its own: Ctrl-C ends the tests first and the server last.
    """

    def end_with_parent() -> None:
        if sys.platform == "linux":
            ctypes.CDLL(None).prctl(PARENT_DEATH_SIGNAL, int(stop))

    return subprocess.Popen(
        command,
        cwd=cwd,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=end_with_parent,
        user=user.pw_uid if user else None,
        group=user.pw_gid if user else None,
        extra_groups=[] if user else None,
    )
