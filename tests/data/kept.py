"""What many tests start from, made once a run of the whole suite by the program's own acts, and copied by each test.

    kept.copy("people", make, folder)      # what make(an empty folder) left there is now in `folder`

`./run test` names a fresh folder for it in MAGISTRAL_KEPT; without one, each test makes its own. What makes cheap hashes of the
passwords that are set meanwhile is named in MAGISTRAL_CHEAP_HASH (tests/cheap_hash.c)."""
import contextlib
import fcntl
import os
import shutil


@contextlib.contextmanager
def cheap_hashes():
    cheap, before = os.environ.get("MAGISTRAL_CHEAP_HASH"), os.environ.get("LD_PRELOAD")
    if cheap:
        os.environ["LD_PRELOAD"] = cheap
    try:
        yield
    finally:
        os.environ.pop("LD_PRELOAD", None)
        if before is not None:
            os.environ["LD_PRELOAD"] = before


def copy(name, make, folder):
    store = os.environ.get("MAGISTRAL_KEPT")
    if not store:
        with cheap_hashes():
            make(folder)
        return
    os.makedirs(store, exist_ok=True)
    kept = os.path.join(store, name)
    with open(kept + ".lock", "w", encoding="utf-8") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not os.path.exists(kept):
            making = kept + ".new"
            shutil.rmtree(making, ignore_errors=True)
            os.mkdir(making)
            with cheap_hashes():
                make(making)
            os.rename(making, kept)
    shutil.copytree(kept, folder, dirs_exist_ok=True)
