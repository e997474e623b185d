"""The register of preparations and of dispensings: units really made, active substance engaged, packaging with its lots."""
import subprocess

from dossier import Dossier
from harness import main

ENGAGED = {"value": "6.003310", "unit": "g", "formula": "6.5068 × 0.922621"}
PACKAGING = ("Flacon PEHD blanc 150 mL, bouchon de sécurité (MP26-0001, Emballages fictifs SARL)\u202f; "
             "Étiquette thermique 70 x 38 mm (MP26-0002, Emballages fictifs SARL)")
house = Dossier()


def lines(book, of=None):
    return (of or house).view("chief", "register show", book)["lines"]


def printed(**inputs):
    issued = house.act("pharm.a", "document issue", kind="register-page", **inputs)["document"]
    path = f"{house.folder}/{issued}.pdf"
    house.view("pharm.a", "document show", issued, save=path)
    return " ".join(subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout.split())


def test_a_batch_that_is_not_filled_has_made_nothing_yet():
    house.play(until="weighing open")
    row = lines("preparation")[0]
    assert (row["units"], row["engaged"], row["supplied"]) == (None, None, None), row
    house.play(until="batch fill")
    row = lines("preparation")[0]
    assert row["units"] is None and row["engaged"] == ENGAGED and row["supplied"] == {"value": "6.5068", "unit": "g"}, row


def test_an_abandoned_batch_that_filled_nothing_made_nothing():
    other = Dossier()
    other.play(until="batch fill")
    other.act("tech.a", "batch abandon", batch="B26-0001", reason="Panne de la hotte")
    row = lines("preparation", other)[0]
    assert row["units"] == 0 and row["engaged"] == ENGAGED, row


def test_both_books_tell_what_was_engaged_and_packaged():
    house.play()
    made, given = lines("preparation"), lines("dispensing")
    assert [(row["units"], row["engaged"]["value"], row["supplied"]["value"]) for row in made] == [(300, "6.003310", "6.5068"), (200, "4.000577", "4.3361")]
    assert [row["units"] for row in given] == [112, 112]
    for row in [made[0], *given]:
        assert row["engaged"] == ENGAGED and row["supplied"] == {"value": "6.5068", "unit": "g"}, row
        assert row["packaging"] == PACKAGING, row["packaging"]
        assert "MP26-0001" not in row["composition"] and "MP26-0003" in row["composition"]


def test_each_page_prints_them():
    for book in ("preparation", "dispensing"):
        text = printed(book=book, reason="Contrôle")
        assert "Substance active engagée dans le lot : 6,003310 g (6,5068 g telle que fournie)" in text, text
        assert "Conditionnement : Flacon PEHD" in text and "MP26-0002" in text, text


main(globals())
