"""PDF/A-1b as PDFBox's preflight judges it, many papers in one run."""
import os
import subprocess
import tempfile
import xml.etree.ElementTree

JAVA = ":".join(f"/usr/share/java/{jar}.jar" for jar in ("preflight", "pdfbox2", "fontbox2", "xmpbox", "commons-logging", "commons-io",
                                                         "javax.activation", "jaxb-api"))


def defects(paths):
    """What keeps each of these papers, whose names differ, from being valid: {path: text}, empty where it is."""
    named = {os.path.basename(path): path for path in paths}
    assert len(named) == len(paths), "two papers of one name"
    with tempfile.TemporaryDirectory() as folder:
        given = os.path.join(folder, "papers.txt")
        with open(given, "w", encoding="utf-8") as file:
            file.writelines(path + "\n" for path in paths)
        done = subprocess.run(["java", "-cp", JAVA, "org.apache.pdfbox.preflight.Validator_A1b", "xml", "group", given], capture_output=True, text=True)
        assert os.path.exists(given + ".preflight.xml"), done.stdout + done.stderr
        judged = xml.etree.ElementTree.parse(given + ".preflight.xml").getroot().findall("preflight")
    found = {}
    for one in judged:
        valid = one.find("isValid")
        good = valid.get("type") == "PDF/A1-b" and valid.text == "true"
        found[named[one.get("name")]] = "" if good else xml.etree.ElementTree.tostring(one, encoding="unicode")
    assert set(found) == set(paths), "a paper was not judged"
    return found
