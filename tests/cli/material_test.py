"""Materials, suppliers, work areas."""
from harness import House, main

house = House()


def test_materials_and_their_rules():
    house.act("pharma.a", "material add", code="BIR", name="Birabresib", kind="active-substance", cas="202590-98-5", density="0,40",
              hazard="H302 H361", list="I", quality="Synthèse à façon", storage="À l'abri de la lumière")
    house.act("pharma.a", "material add", code="CEL", name="Cellulose microcristalline", kind="excipient", cas="9004-34-6",
              density="0.43", quality="Ph. Eur. 0316", list="none")
    house.act("pharma.a", "material add", code="GEL1", name="Gélule d'hypromellose, taille 1", kind="capsule-shell",
              capsule_size="1", capsule_volume="0,50 mL")
    rule = house.refused
    base = {"code": "X", "name": "Essai", "kind": "excipient"}
    rule("pharma.a", "material add", "MATERIAL-02", "code", **{**base, "code": "BIR"})
    rule("pharma.a", "material add", "MATERIAL-03", "cas", **base, cas="9004346")
    rule("pharma.a", "material add", "MATERIAL-04", "cas", **base, cas="9004-34-5")
    rule("pharma.a", "material add", "MATERIAL-04", "cas", **base, cas="202590-89-5")
    rule("pharma.a", "material add", "MATERIAL-05", "capsule-volume", **{**base, "kind": "capsule-shell"}, capsule_size="1")
    rule("pharma.a", "material add", "MATERIAL-05", "capsule-size", **{**base, "kind": "capsule-shell"}, capsule_volume="0.5 mL")
    rule("pharma.a", "material add", "MATERIAL-06", "capsule-size", **base, capsule_size="1")
    rule("pharma.a", "material add", "MATERIAL-07", "capsule-volume", **{**base, "kind": "capsule-shell"}, capsule_size="1", capsule_volume="0 mL")
    for density in ["0", "-0.4", "25.1"]:
        rule("pharma.a", "material add", "MATERIAL-08", "density", **base, density=density)
    rule("pharma.a", "material add", "MATERIAL-09", "known-effect", **{**base, "kind": "active-substance"}, known_effect="yes")
    rule("tech.a", "material add", "CALL-14", "as", **base)


def test_what_a_material_shows():
    shown = house.view("audit.a", "material show", "GEL1")
    assert shown["capsule-volume"] == {"value": "0.50", "unit": "mL"} and shown["lots"] == [], shown
    assert house.view("tech.a", "material show", "BIR")["density"] == {"value": "0.40", "unit": "g/mL"}
    assert [m["material"] for m in house.view("tech.a", "material list")["materials"]] == ["BIR", "CEL", "GEL1"]
    assert [m["material"] for m in house.view("tech.a", "material list", kind="excipient")["materials"]] == ["CEL"]


def test_a_reorder_level_is_in_the_unit_of_its_material():
    level = {"material": "CEL", "level": "500 g"}
    house.refused("tech.a", "material set-reorder-level", "CALL-14", "as", **level)
    house.refused("pharma.a", "material set-reorder-level", "MATERIAL-01", "material", **{**level, "material": "GHOST"})
    house.refused("pharma.a", "material set-reorder-level", "LOT-23", "level", **{**level, "level": "500"})
    house.refused("pharma.a", "material set-reorder-level", "LOT-24", "level", **{**level, "level": "0 g"})
    assert house.act("pharma.a", "material set-reorder-level", **level)["reorder-level"] == {"value": "500", "unit": "g"}
    shown = house.view("tech.a", "material show", "CEL")
    assert (shown["usable"], shown["reorder-level"]) == ({"value": "0", "unit": "g"}, {"value": "500", "unit": "g"}), shown
    house.act("pharma.a", "material set-reorder-level", material="CEL")
    assert "reorder-level" not in house.view("tech.a", "material show", "CEL")


def test_unknown_things():
    house.view_refused("tech.a", "material show", "MATERIAL-01", "material", "GHOST")
    house.view_refused("tech.a", "supplier show", "SUPPLIER-01", "supplier", "GHOST")
    house.view_refused("tech.a", "equipment show", "EQUIPMENT-01", "equipment", "GHOST")


def test_suppliers_and_their_qualification():
    house.act("pharma.a", "supplier add", code="CELLUPHARM", name="Cellupharm fictif", address="3 rue de l'Exemple", category="A")
    house.refused("pharma.a", "supplier add", "SUPPLIER-02", "code", code="CELLUPHARM", name="Autre", address="x", category="C")
    qualification = {"supplier": "CELLUPHARM", "on": "2026-01-05", "until": "2026-12-31", "reference": "QF-2026-02"}
    house.refused("pharma.a", "supplier qualify", "SUPPLIER-01", "supplier", **{**qualification, "supplier": "GHOST"})
    house.refused("pharma.a", "supplier qualify", "SUPPLIER-03", "on", **{**qualification, "on": "2026-02-01"})
    house.refused("pharma.a", "supplier qualify", "SUPPLIER-04", "until", **{**qualification, "until": "2026-01-04"})
    house.refused("tech.a", "supplier qualify", "CALL-14", "as", **qualification)
    assert house.view("tech.a", "supplier show", "CELLUPHARM")["state"] == "not-qualified"
    house.act("pharma.a", "supplier qualify", **qualification)
    shown = house.view("tech.a", "supplier show", "CELLUPHARM")
    assert (shown["state"], shown["qualified-by"], shown["qualified-until"]) == ("qualified", "pharma.a", "2026-12-31"), shown
    house.at("2027-01-01T08:00:00")
    assert house.view("tech.a", "supplier list")["suppliers"][0]["state"] == "qualification-over"


def test_work_areas():
    house.act("pharma.a", "area add", code="PREP-1", name="Préparatoire 1")
    house.refused("pharma.a", "area add", "AREA-02", "code", code="PREP-1", name="Autre")
    house.refused("tech.a", "area add", "CALL-14", "as", code="PREP-2", name="Autre")
    assert house.view("tech.a", "area list")["areas"] == [{"area": "PREP-1", "name": "Préparatoire 1"}]


def test_everything_replays():
    house.stop()
    assert house.run("verify")["done"]["sequence"] > 20


main(globals())
