"""What many tests start from, made once a run of the whole suite by the program's own acts, and copied by each test.

    kept.copy("people", make, folder)      # what make(an empty folder) left there is now in `folder`

`./run test` names a fresh folder for it in MAGISTRAL_KEPT; without one, each test makes its own."""
import fcntl
import os
import shutil


def copy(name, make, folder):
    store = os.environ.get("MAGISTRAL_KEPT")
    if not store:
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
            make(making)
            os.rename(making, kept)
    shutil.copytree(kept, folder, dirs_exist_ok=True)
