"""A write that fails is fatal: the act is answered as failed, nothing is tried again in that process, what was done is there.

The limit of the kernel on the size of a file (setrlimit) plays the full disk: it fails exactly the writes beyond it."""
import json
import os
import resource
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cli"))
from harness import PROGRAM, House, main, refusals  # noqa: E402
from server import Server  # noqa: E402


def limited(size):
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


def apply(house, *inputs, act="area add", **popen):
    text = "".join(json.dumps({"as": "pharma.a", "act": act, "at": house.instant(), "inputs": each}) + "\n" for each in inputs)
    done = subprocess.run([PROGRAM, "--database", house.database, "--password-file", house.passwords, "--json", "--keep-going", "apply", "-"],
                          input=text, capture_output=True, text=True, **popen)
    return done.returncode, [json.loads(line)["answer"] for line in done.stdout.splitlines()]


def areas(house):
    found = {row["area"] for row in house.view("audit.a", "area list")["areas"]}
    house.stop()
    return found


def numbered(prefix, count=400):
    return [{"code": f"{prefix}{i}", "name": f"Zone {i}"} for i in range(count)]


def check(house, prefix, answers):
    """Exactly the acts that were answered as done are there."""
    done = {f"{prefix}{i}" for i, answer in enumerate(answers) if "done" in answer}
    assert {area for area in areas(house) if area.startswith(prefix)} == done
    house.run("verify")
    return len(done)


def test_apply_stops_at_a_write_that_fails():
    house = House()
    house.stop()
    status, answers = apply(house, *numbered("A"), preexec_fn=limited(400_000))
    assert status == 74 and "failed" in answers[-1] and all("done" in answer for answer in answers[:-1]), (status, answers[-3:])
    refusals.says(answers[-1]["failed"]["message"], "STORE-12")
    assert 5 < check(house, "A", answers) < 400
    status, answers = apply(house, *numbered("B", 3))
    assert status == 0 and check(house, "B", answers) == 3
    house.close()


def test_a_server_answers_and_ends():
    house = House()
    house.stop()
    server = Server(house, preexec_fn=limited(400_000))
    status, answers = apply(house, *numbered("C"))
    assert status == 74 and "failed" in answers[-1], (status, answers[-3:])
    status = server.process.wait(30)
    said = server.process.stderr.read()
    server.process.stdout.close()
    server.process.stderr.close()
    assert status == 70 and "area add" in said and "une écriture a échoué" in said, (status, said)
    assert not os.path.exists(house.database + ".socket")
    assert 5 < check(house, "C", answers) < 400
    with Server(house):
        status, answers = apply(house, *numbered("D", 3))
        assert status == 0 and check(house, "D", answers) == 3
    house.close()


def test_the_copying_of_the_log_may_fail_too():
    """The act whose log was on the disk is done; the process ends before the next one."""
    house = House()
    house.act("pharma.a", "material add", code="CEL", name="Cellulose", kind="excipient")
    house.act("pharma.a", "supplier add", code="FOURN", name="Fournisseur", address="Ville", category="A")
    certificate = os.path.join(house.folder, "certificate.txt")
    for number in range(10):
        with open(certificate, "w", encoding="ascii") as file:
            file.write(f"{number} " * 1_000_000)
        house.act("tech.a", "lot receive", material="CEL", supplier="FOURN", manufacturer="Fabricant", quantity="1 kg", price="42 EUR",
                  supplier_lot=f"L{number}", certificate_reference="CoA", expiry="05/2027", certificate=certificate)
    house.stop()
    size = os.path.getsize(house.database)
    assert size > 20_000_000, size  # more than the log when it is copied
    server = Server(house, preexec_fn=limited(size - 100_000))
    status, answers = apply(house, *numbered("E", 1200))
    assert status == 74 and "failed" in answers[-1], (status, answers[-3:])
    assert server.process.wait(30) == 70
    server.process.stdout.close()
    server.process.stderr.close()
    assert 20 < check(house, "E", answers) < 1200
    house.close()


main(globals())
