"""Release and refusal: what blocks, who may decide, what the decision keeps."""
import json
import sqlite3

import bench
import laboratory as lab
from harness import House, main

house = House()
lab.prepare(house)


def query(sql):
    with sqlite3.connect(f"file:{house.database}?mode=ro", uri=True) as database:
        return database.execute(sql).fetchall()


def rules(batch):
    return sorted({rule for rule, _ in lab.blocks(house, batch)})


def refused(person, rule, batch, field="batch", **inputs):
    return house.refused(person, "batch release", rule, field, batch=batch, **inputs)


def test_an_empty_record_is_blocked_by_everything():
    house.at("2026-01-12T07:00:00")
    batch = house.act("tech.a", "batch plan", formula="BIR20", requests=[bench.request(house, "P-001"), bench.request(house, "P-002")],
                      area="PREP-1", expected_loss=4)["batch"]
    got = rules(batch) if house.view("pharma.b", "batch show", batch).get("blocks") else None
    assert got is None, "a batch that is not yet made is not up for release"
    answer = refused("pharma.b", "RELEASE-01", batch)
    found = {r["rule"] for r in answer}
    assert found >= {"RELEASE-01", "RELEASE-03", "RELEASE-05", "RELEASE-06", "RELEASE-11", "RELEASE-13", "RELEASE-14", "RELEASE-15",
                     "RELEASE-20", "RELEASE-26"}, found
    assert next("batch start" in r["message"] for r in answer if r["rule"] == "RELEASE-03"), answer
    assert sum(r["rule"] == "RELEASE-20" for r in answer) == 9, "every expected control is missed"
    house.refused("pharma.b", "batch release", "BATCH-01", "batch", batch="B26-0099")
    house.act("tech.a", "batch cancel", batch=batch, reason="Replanifié")


def test_blocks_name_what_is_missing_and_the_way_out():
    global first
    first = lab.make_1(house)
    acts = set(house.table)
    shown = house.view("pharma.b", "batch show", first)
    for block in shown["blocks"]:
        assert block["way-out"] in acts, block
        assert block["way-out"] in block["sentence"] and block["link"], block
    assert rules(first) == ["RELEASE-05", "RELEASE-06", "RELEASE-11", "RELEASE-14", "RELEASE-15", "RELEASE-20", "RELEASE-26"], rules(first)
    assert len([c for c in shown["expected"] if c["result"] is None]) == 9, shown["expected"]


def test_each_block_goes_when_its_way_out_is_taken():
    lab.package_1(house, first)
    assert rules(first) == ["RELEASE-15", "RELEASE-20", "RELEASE-26"], rules(first)
    lab.control_1(house, first, but=("DOSAGE", "TENEUR"))
    assert [b for b in lab.blocks(house, first) if b[0] == "RELEASE-20"] == [("RELEASE-20", first)] * 2
    number = lab.opened(house, first, "DOSAGE")
    assert ("RELEASE-21", number) in lab.blocks(house, first)
    lab.append(house, number, "99.0 99.1")
    house.act("control.a", "result close", result=number)
    assert ("RELEASE-24", number) in lab.blocks(house, first)
    refused("pharma.b", "RELEASE-24", first)
    lab.attach_and_verify(house, number)
    refused("pharma.b", "RELEASE-20", first)
    house.refused("control.p", "certificate sign", "PAPER-03", "batch", batch=first)
    house.refused("pharma.b", "document issue", "PAPER-02", "batch", kind="release-certificate", batch=first)
    house.refused("pharma.b", "document issue", "PAPER-01", "batch", kind="batch-record", batch="B26-0099")
    house.view_refused("pharma.b", "document show", "DOCUMENT-03", "document", "DOC26-9999")
    house.view_refused("pharma.b", "document preview", "DOCUMENT-06", "page", kind="batch-record", batch=first, page=99)
    lab.enter(house, first, "TENEUR", lab.CONTENTS_1, by="pharma.a")
    house.act("tech.a", "batch reconcile", batch=first)
    assert rules(first) == ["RELEASE-26"], lab.blocks(house, first)
    refused("pharma.b", "RELEASE-26", first)
    house.act("control.p", "certificate sign", batch=first)
    assert rules(first) == []


def test_a_deviation_and_a_hold_block():
    deviation = house.act("tech.a", "deviation open", batch=first, description="Coupure de courant", **{"class": "minor"})["deviation"]
    refused("pharma.b", "RELEASE-18", first)
    house.act("pharma.a", "deviation decide", deviation=deviation, decision="accepted", impact="Sans effet")
    house.act("tech.b", "batch hold", batch=first, reason="Température")
    refused("pharma.b", "RELEASE-02", first)
    house.act("pharma.b", "batch lift", batch=first, reason="Courbe conforme")
    assert rules(first) == [], lab.blocks(house, first)


def test_a_printed_label_is_settled_first():
    global labels
    labels = []
    for rank in range(1, 5):
        printed = house.act("tech.a", "label print", kind="bottle", number=[f"{first}/{rank}"])
        labels += [row[0] for row in query(f"SELECT number FROM label WHERE subject = '{first}/{rank}'")]
        assert printed
    refused("pharma.b", "RELEASE-17", first)
    house.refused("tech.a", "label print", "LABEL-03", "number", kind="retained-sample", number=[f"{first}/S1"])
    house.refused("tech.a", "label settle", "LABEL-05", "label", label=["E26-9999"], state="applied")
    house.refused("tech.a", "label settle", "LABEL-06", "reason", label=labels, state="spoiled")
    house.refused("tech.a", "label settle", "CALL-21", "label", label=[f"E26-{number:04}" for number in range(201)], state="applied")
    house.act("tech.a", "label settle", label=labels[:3], state="applied")
    house.act("tech.a", "label settle", label=labels[3:], state="specimen")
    assert rules(first) == []


def test_who_may_release():
    house.refused("tech.a", "batch release", "CALL-14", "as", batch=first)
    house.refused("control.a", "batch release", "CALL-14", "as", batch=first)
    refused("pharma.a", "RELEASE-31", first, "as")
    refused("control.p", "RELEASE-31", first, "as")  # entered no result, and signed the certificate
    house.refused("pharma.b", "setting set", "CALL-14", "as", name="controller-may-release", value="yes", reason="Été")
    house.act("chief", "setting set", name="controller-may-release", value="yes", reason="Deux pharmaciens en été")
    house.refused("chief", "setting set", "SETTING-01", "value", name="controller-may-release", value="yes", reason="Encore")
    assert house.view("tech.a", "setting list")["settings"][0]["value"] == "yes"
    refused("pharma.a", "RELEASE-32", first, "reason")
    house.act("chief", "setting set", name="controller-may-release", value="no", reason="Fin de l'été")
    refused("pharma.a", "RELEASE-31", first, "as", reason="Seul pharmacien présent")


def test_an_operator_never_releases():
    house.at("2026-01-14T07:00:00")
    other = house.act("pharma.b", "batch plan", formula="BIR20", requests=[bench.request(house, "P-010")], area="PREP-2")["batch"]
    house.act("pharma.b", "batch start", batch=other)
    house.act("pharma.b", "batch clear-line", batch=other, phase="making")
    house.act("chief", "setting set", name="controller-may-release", value="yes", reason="Essai")
    refused("pharma.b", "RELEASE-30", other, "as", reason="Personne d'autre")
    house.act("chief", "setting set", name="controller-may-release", value="no", reason="Fin de l'essai")


def test_release_is_signed_with_its_meaning():
    house.at("2026-01-21T07:00:00")
    house.refused("pharma.b", "batch release", "CALL-09", "signature", signature=None, batch=first)
    house.refused("pharma.b", "batch release", "CALL-10", "signature", signature="Je libère tout.", changes=True, batch=first)
    done = house.act("pharma.b", "batch release", batch=first)
    assert done["state"] == "released" and done["meaning"] == f"Je libère le lot {first}." and done["person"] == "pharma.b", done
    kinds = [e["kind"] for e in done["exceptions"]]
    assert kinds == ["deviation", "hold", "lift"], kinds
    sequence, head = done["head"].split(":")
    (kind, exceptions, meaning, kept_sequence, kept_head), = query(
        "SELECT d.kind, d.exceptions, d.meaning, d.sequence, d.head FROM decision d JOIN batch b ON b.id = d.batch "
        f"WHERE b.number = '{first}' AND d.kind IN ('release', 'refusal')")
    assert (kind, meaning, str(kept_sequence), kept_head) == ("release", done["meaning"], sequence, head)
    assert [e["kind"] for e in json.loads(exceptions)] == kinds
    (before,), = query("SELECT max(sequence) FROM journal WHERE act = 'batch release'")
    assert before == kept_sequence + 1, "the head is the one before the decision"
    states = dict(query(f"SELECT l.number, l.state FROM label l JOIN batch b ON b.id = l.batch WHERE b.number = '{first}'"))
    assert [states[n] for n in labels] == ["void", "void", "void", "specimen"], states


def test_after_the_decision_the_record_is_closed():
    (over,) = [r for r in refused("pharma.b", "RELEASE-27", first)]
    assert "batch plan" not in over["message"] and "batch show" in over["message"], over
    house.refused("chief", "batch refuse", "BATCH-02", "batch", batch=first, reason="Trop tard")
    house.refused("control.a", "result open", "RESULT-04", "batch", batch=first, control="DOSAGE", analysed_on="2026-01-21")
    result = house.view("audit.a", "result list", first)["results"][0]["result"]
    house.refused("control.a", "result continue", "RESULT-04", "result", result=result)
    shown = house.view("audit.a", "batch show", first)
    assert "blocks" not in shown and [d["kind"] for d in shown["decisions"]] == ["hold", "lift", "release"], shown["decisions"]
    assert shown["decisions"][-1]["meaning"] and shown["decisions"][-1]["at"]


def second_batch():
    batch = lab.make_2(house)
    house.act("tech.a", "loss record", batch=batch, kind="capsules-rejected", quantity="2", cause="Gélules mal fermées")
    house.act("tech.a", "loss record", batch=batch, kind="shells-defective", quantity="3", cause="Coiffes fendues")
    house.act("tech.a", "loss record", batch=batch, kind="shells-destroyed", quantity="4", cause="Restes détruits")
    bench.package(house, batch, [56, 56, 14])
    return batch


def control_2(batch):
    house.at("2026-02-05T07:00:00")
    _, masses = lab.enter(house, batch, "MASSE", lab.GROSS_2, lab.SHELLS_2)
    assert masses["computation"]["mean"]["value"] == "199.19" and masses["verdict"] == "complies"
    assert (masses["computation"]["smallest"]["value"], masses["computation"]["largest"]["value"]) == ("-4.4631", "5.1760")
    _, assay = lab.enter(house, batch, "DOSAGE", "95.4 95.9")
    assert assay["computation"]["rounded"]["value"] == "95.7" and assay["verdict"] == "complies"
    for control, values in lab.OTHERS.items():
        lab.enter(house, batch, control, values)
    number, content = lab.enter(house, batch, "TENEUR", lab.CONTENTS_2)
    assert content["verdict"] == "test 20 more" and content["computation"]["AV_rounded"]["value"] == "18.4"
    return number


def test_refusal_after_stage_2():
    global second
    second = second_batch()
    number = control_2(second)
    assert ("RELEASE-23", number) in lab.blocks(house, second)
    refused("pharma.b", "RELEASE-23", second)
    house.act("control.a", "result continue", result=number)
    lab.append(house, number, lab.CONTENTS_2_MORE)
    done = house.act("control.a", "result close", result=number)
    assert done["verdict"] == "does not comply" and done["computation"]["AV_rounded"]["value"] == "16.4"
    lab.attach_and_verify(house, number)
    house.act("tech.a", "batch reconcile", batch=second)
    house.act("control.p", "certificate sign", batch=second)
    assert rules(second) == ["RELEASE-22"], lab.blocks(house, second)
    refused("pharma.b", "RELEASE-22", second)
    proposed = house.view("pharma.b", "batch show", second)["proposed-refusal"]
    assert "16,4" in proposed and "non conforme (Ph. Eur. 2.9.40)" in proposed and proposed.endswith("lot refusé"), proposed
    house.refused("pharma.b", "batch refuse", "RELEASE-33", "reason", batch=second)
    house.refused("tech.a", "batch refuse", "CALL-14", "as", batch=second, reason="x")
    done = house.act("dispense.p", "batch refuse", batch=second, reason=proposed)
    assert done["state"] == "refused" and done["meaning"] == f"Je refuse le lot {second}.", done
    assert {"result-outside", "second-stage"} <= {e["kind"] for e in done["exceptions"]}, done
    first, final = ([e for e in done["exceptions"] if e["kind"] == kind] for kind in ("second-stage", "result-outside"))
    assert "première étape" in str(first) and "AV 18,4 sur 10 unités" in str(first).replace("\\xa0", " "), first
    assert "n = 30" in str(final).replace("\\xa0", " "), final
    destroyed = house.act("tech.a", "batch destroy", batch=second, units=142, reference="BD-2026-007")
    assert destroyed["state"] == "destroyed"


def test_refusal_at_stage_1():
    global third
    third = second_batch()
    number = control_2(third)
    answer = house.refused("pharma.b", "batch refuse", "RELEASE-33", "reason", batch=third)
    assert "AV 18,4 sur 10 unités, au-dessus de 15,0" in answer[0]["message"] and "étape 2 non faite" in answer[0]["message"], answer
    shown = house.view("pharma.b", "batch show", third)
    assert shown["proposed-refusal"] == "AV 18,4 sur 10 unités, au-dessus de 15,0\u202f; essai non conclu, étape 2 non faite\u202f; lot refusé", shown
    refused("pharma.b", "RELEASE-23", third)
    house.act("pharma.a", "batch refuse", batch=third, reason=shown["proposed-refusal"])
    result = house.view("audit.a", "result show", number)
    assert result["verdict"] == "test 20 more", "a test that is not concluded never becomes a failure"


def test_a_refusal_before_any_result_needs_its_reason():
    other = house.view("audit.a", "batch list")["batches"]
    making = [b["batch"] for b in other if b["state"] == "in-preparation"][0]
    house.refused("pharma.a", "batch refuse", "RELEASE-34", "reason", batch=making)
    done = house.act("pharma.b", "batch refuse", batch=making, reason="Poudre renversée pendant la pesée")
    assert done["state"] == "refused" and house.view("audit.a", "batch show", making)["state"] == "refused"


def test_an_expired_batch_and_a_recalled_lot_are_only_refused():
    house.at("2026-02-10T07:00:00")
    late = second_batch()
    assert "RELEASE-04" not in rules(late)
    house.at("2026-08-01T07:00:00")
    assert "RELEASE-04" not in rules(late), "the last day counts"
    house.at("2026-08-02T07:00:00")
    assert "RELEASE-04" in rules(late), rules(late)
    refused("pharma.b", "RELEASE-04", late)
    house.act("pharma.a", "lot recall", lot="MP26-0005", reason="Rappel du fabricant")
    refused("pharma.b", "RELEASE-10", late)


def test_a_late_result_makes_the_certificate_old():
    other = House()
    lab.prepare(other)
    batch = lab.make_1(other)
    lab.package_1(other, batch)
    numbers = lab.control_1(other, batch)
    lab.settle(other, batch)
    assert lab.blocks(other, batch) == []
    number = numbers["ASPECT"]
    deviation = other.act("control.a", "deviation open", batch=batch, subject=number, description="Mauvais lot examiné", **{"class": "minor"})["deviation"]
    other.act("pharma.a", "deviation decide", deviation=deviation, decision="discard", impact="Examen refait")
    other.act("pharma.a", "result invalidate", result=number, deviation=deviation, reason="Mauvais lot examiné")
    assert ("RELEASE-20", batch) in lab.blocks(other, batch), "an invalidated result counts for nothing"
    again = lab.opened(other, batch, "ASPECT", analyst="pharma.a")  # who analysed controls, whoever entered it
    lab.append(other, again, "conforme")
    other.act("control.a", "result close", result=again)
    lab.attach_and_verify(other, again)
    assert [rule for rule, _ in lab.blocks(other, batch)] == ["RELEASE-26"], lab.blocks(other, batch)
    other.act("control.p", "certificate sign", batch=batch, reason="Résultat refait")
    other.act("chief", "setting set", name="controller-may-release", value="yes", reason="Congés")
    other.refused("pharma.a", "batch release", "RELEASE-32", "reason", batch=batch)
    done = other.act("pharma.a", "batch release", batch=batch, reason="Seul pharmacien présent")
    assert {"result-invalidated", "deviation", "controller-releases"} <= {e["kind"] for e in done["exceptions"]}, done
    assert done["reason"] == "Seul pharmacien présent"
    other.close()


def test_having_verified_a_weighing_does_not_exclude_and_is_shown():
    other = House()
    lab.prepare(other)
    other.at("2026-01-12T07:00:00")
    requests = [bench.request(other, "P-001"), bench.request(other, "P-002")]
    batch = other.act("tech.a", "batch plan", formula="BIR20", requests=requests, area="PREP-1", expected_loss=4)["batch"]
    bench.check_balances(other)
    bench.start(other, batch)
    number = other.act("tech.a", "weighing open", batch=batch, component="BIR", container="MP26-0003/1", balance="BAL-A", aspect_seen="yes", label_seen="yes")["weighing"]
    other.act("tech.a", "weighing record", weighing=number, tare="12.4310 g", net="6.5068 g")
    other.act("pharma.b", "weighing verify", weighing=number, container="MP26-0003/1", net="6.5068 g")
    wrong = other.act("tech.a", "weighing open", batch=batch, component="CEL", container="MP26-0005/1", balance="BAL-B", aspect_seen="yes", label_seen="yes")["weighing"]
    other.act("tech.a", "weighing record", weighing=wrong, tare="85.120 g", net="55.012 g")
    other.act("tech.a", "weighing discard", weighing=wrong, reason="Trop de poudre versée")
    bench.weigh(other, batch, "CEL", "MP26-0005/1", "BAL-B", "85.120 g", "53.489 g")
    bench.step(other, batch, "PESEES")
    bench.step(other, batch, "MELANGE", "durée=10", "tamis intact=yes")
    bench.issue(other, batch, "GEL1", "MP26-0006/1", 310)
    other.act("tech.a", "batch fill", batch=batch, units=300)
    bench.step(other, batch, "REMPLIR")
    bench.step(other, batch, "NETTOYAGE")
    bench.sample(other, batch)
    bench.receive(other, batch)
    lab.package_1(other, batch)
    lab.control_1(other, batch)
    lab.settle(other, batch)
    assert lab.blocks(other, batch) == []
    kinds = [(e["kind"], e["link"]) for e in other.view("pharma.b", "batch exceptions", batch)["exceptions"]]
    assert kinds == [("weighing-discarded", wrong)], kinds
    done = other.act("pharma.b", "batch release", batch=batch)
    assert [(e["kind"], e["link"]) for e in done["exceptions"]] == [("weighing-discarded", wrong), ("releaser-verified", "pharma.b")], done
    other.close()


main(globals())
