"""The house's own rules, read from the source: words and rules in the catalogues, doors between the rooms, sizes."""
import glob
import os
import re
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
SOURCES = {path: open(path, encoding="utf-8").read()
           for path in glob.glob(f"{ROOT}/src/**/*.[ch]", recursive=True) + glob.glob(f"{ROOT}/include/**/*.h", recursive=True)}
KEYS = set()
for path in glob.glob(f"{ROOT}/templates/*.catalogue"):
    KEYS |= set(re.findall(r"(?m)^\[(.*?)\]", open(path, encoding="utf-8").read()))


def named(path):
    return os.path.relpath(path, ROOT)


def test_every_rule_has_its_sentence_and_every_sentence_its_rule():
    used = set()
    for text in SOURCES.values():
        used |= set(re.findall(r'"([A-Z][A-Z_]+-\d\d)"', text))
    sentences = {key for key in KEYS if re.fullmatch(r"[A-Z][A-Z_]+-\d\d", key)}
    assert used - sentences == set(), f"rules without a sentence: {sorted(used - sentences)}"
    assert sentences - used == set(), f"sentences without a rule: {sorted(sentences - used)}"


def arguments(text, at):
    """The arguments of the call whose bracket opens at `at`."""
    depth, quoted, start, found = 0, False, at + 1, []
    for i in range(at, len(text)):
        letter = text[i]
        if quoted:
            quoted = not (letter == '"' and text[i - 1] != "\\")
        elif letter == '"':
            quoted = True
        elif letter in "([{":
            depth += 1
        elif letter in ")]}":
            depth -= 1
            if depth == 0:
                return found + [text[start:i].strip()]
        elif letter == "," and depth == 1:
            found.append(text[start:i].strip())
            start = i + 1
    raise AssertionError(text[at:at + 80])


# What a function of several rules gives to each of them.
GIVEN = {"refuse_line": {"file", "line", "word", "value"}, "refuse_item": {"file", "line", "field", "text", "value"},
         "block": {"thing", "state", "way_out"}}


def test_every_refusal_fills_every_name_of_its_sentence():
    sentences, wrong, seen = {}, [], set()
    for path in glob.glob(f"{ROOT}/templates/*.catalogue"):
        for block in re.split(r"(?m)^(?=\[)", open(path, encoding="utf-8").read()):
            key = re.match(r"\[([A-Z][A-Z_]+-\d\d)\]", block)
            if key:
                sentences[key.group(1)] = set(re.findall(r"\{\{([\w-]+)", block))
    for path, text in SOURCES.items():
        if not path.endswith(".c"):
            continue
        for call in re.finditer(r"\b(call_refuse|refuse|fail_input_output|refuse_line|refuse_item|block)\(", text):
            given = arguments(text, call.end() - 1)
            rules = re.findall(r'"([A-Z][A-Z_]+-\d\d)"', given[1]) if len(given) > 2 else []
            first = 2 if call.group(1) == "fail_input_output" else 3
            names = GIVEN.get(call.group(1)) or {name.strip('"') for name in given[first::2] if name.startswith('"')}
            for rule in rules:
                seen.add(rule)
                if not sentences[rule] <= names:
                    wrong.append(f"{named(path)}: {rule} wants {sorted(sentences[rule] - names)}")
    assert wrong == [], "\n".join(wrong)
    assert len(seen) > 200, len(seen)


def test_every_phrase_and_every_word_of_a_kind_stands_in_a_catalogue():
    used = {key for text in SOURCES.values() for key in re.findall(r'PHRASE\("([^"]+)"', text)}
    assert used and used - KEYS == set(), used - KEYS
    assert {key for key in KEYS if re.match(r"verify\.(?!type\.|no-witness-file)", key)} - used == set()
    for path in glob.glob(f"{ROOT}/templates/*.catalogue"):
        for prefix in re.findall(r"\{\{[\w-]+ as ([^}]+)\}\}", open(path, encoding="utf-8").read()):
            assert re.match(r"day$|instant$|number( |$)|state [a-z]+$|plural [^|]+\|[^|]+$", prefix) or any(key.startswith(prefix + ".") for key in KEYS), prefix


def test_a_failure_of_a_file_is_said_by_the_catalogue():
    said = {key for text in SOURCES.values() for key in re.findall(r'fail_input_output\([&\w>.-]+, "([^"]+)"', text)}
    assert said and said - KEYS == set(), said - KEYS
    wrong = [named(path) for path, text in SOURCES.items() if re.search(r"\bstrerror\(", text)]
    assert wrong == [], wrong


def test_every_act_has_the_words_of_its_button_and_every_noun_its_heading():
    rows = set(re.findall(r"X\((\w+)\)", SOURCES[f"{ROOT}/include/magistral/act/table.h"])) - {"name"}
    names = {row: re.search(rf'const act {row}_act = {{\s*\.name = "([^"]+)"', text)[1] for row in rows
             for text in SOURCES.values() if f"const act {row}_act" in text and ".name" in text}
    assert set(names) == rows, rows - set(names)
    elsewhere = {"scan", "database create", "database upgrade"}
    missing = [name for name in names.values() if name not in elsewhere and f"do.{name}" not in KEYS]
    missing += [name for name in names.values() if name not in elsewhere and f"noun.{name.split()[0]}" not in KEYS]
    assert missing == [], missing


def test_every_state_of_the_record_has_its_word():
    missing = []
    for path in glob.glob(f"{ROOT}/schema/*.sql"):
        for words in re.findall(r"CHECK \((?:state|verdict|purpose|phase|decision) (?:IS NULL OR \w+ )?IN \(([^)]*)\)", open(path, encoding="utf-8").read()):
            missing += [word for word in re.findall("'([^']*)'", words) if f"state.{word}" not in KEYS]
    assert missing == [], missing


STATES = {"lot": ("lot", False), "formula_version": ("formula", True), "request": ("request", True), "batch": ("batch", False),
          "weighing": ("weighing", True), "deviation": ("deviation", True), "label": ("label", True), "result": ("result", False),
          "dispensing": ("dispensing", True), "stock_count": ("count", False),
          "destruction": ("destruction", True), "investigation": ("investigation", True), "laboratory_order": ("order", True), "paper_form": ("paper-form", True), "excursion_container": ("container", False)}


def test_every_state_agrees_with_its_noun_in_french():
    french, found = {}, []
    for path in glob.glob(f"{ROOT}/templates/*.catalogue"):
        french |= dict(re.findall(r"(?m)^\[(state\.[^\]]+)\]\n(?:source: .*\n)?fr: (.*)$", open(path, encoding="utf-8").read()))
    for path in glob.glob(f"{ROOT}/schema/*.sql"):
        for table, body in re.findall(r"(?s)CREATE TABLE (\w+) \((.*?)\n\) STRICT", open(path, encoding="utf-8").read()):
            for words in re.findall(r"(?:state|decision) TEXT[^\n]*CHECK \((?:state|decision) IN \(([^)]*)\)", body):
                noun, feminine = STATES[table]
                for word in re.findall("'([^']*)'", words):
                    said = french.get(f"state.{noun}.{word}") or french[f"state.{word}"]
                    neutral = re.match(r"(en |spécimen$|jeter$|refuser )", said)
                    if not neutral and bool(re.search("e$", said)) != feminine:
                        found.append(f"{noun}: {said}")
    assert found == [], found
    for path, text in SOURCES.items():
        found += [f"{named(path)}: {call}" for call in re.findall(r'(?:call_word\(call, "state\."|put_state\(\w+, "state"), [\w.>-]*(?:request|dispensing|label|deviation|result)[\w.>-]*state\)', text)]
    assert found == [], found


def test_french_sentences_elide_and_headings_start_with_a_capital():
    found = []
    for path in glob.glob(f"{ROOT}/templates/*.catalogue"):
        text = open(path, encoding="utf-8").read()
        vowels = r"\b(?:la|le|de) (?:anomalie|étiquette|échantillon|équipement|étape|essai|habilitation|horloge|entrée)"
        found += [f"{named(path)}: {line}" for line in re.findall(r"(?m)^fr: .*$", text) if re.search(vowels, line, re.I)]
    for path in ("scan", "verify"):
        text = open(f"{ROOT}/templates/{path}.catalogue", encoding="utf-8").read()
        found += re.findall(r"\[field\.[^\]]+\]\nfr: [a-zà-ÿ].*", text)
    assert found == [], found


WRITTEN = {"day", "until", "since", "starts", "ends", "opened", "made", "today", "used", "expiry", "at", "stock", "target", "net", "gross", "low", "high",
           "readability", "capacity", "minimum", "mass", "dose", "asked"}


def test_a_sentence_says_how_its_days_and_numbers_are_written_the_same_in_both_languages():
    found = []
    for path in glob.glob(f"{ROOT}/templates/*.catalogue"):
        for key, french, english in re.findall(r"(?ms)^\[([^\]]+)\]\n(?:source: [^\n]*\n)?fr: (.*?)^en: (.*?)(?=^\[|^#|\Z)", open(path, encoding="utf-8").read()):
            marks = [{mark for mark in re.findall(r"\{\{(.*?)\}\}", text) if " as plural " not in mark} for text in (french, english)]  # words agree in each language
            if marks[0] != marks[1]:
                found.append(f"{key}: {marks[0] ^ marks[1]}")
            if re.fullmatch(r"[A-Z][A-Z_]+-\d\d", key):
                found += [f"{key}: {{{{{name}}}}} is not said to be a day, an instant or a number" for name in marks[0] & WRITTEN]
    assert found == [], found


def test_what_the_domain_promises_is_called_by_the_program():
    """A rule of pharmacy that only its test calls stands a second time somewhere else."""
    unused = []
    source = "\n".join(text for path, text in SOURCES.items() if path.startswith(f"{ROOT}/src/"))
    for path, text in SOURCES.items():
        if path.startswith(f"{ROOT}/include/magistral/domain/"):
            bare = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
            for name in re.findall(r"(?m)^(?!#|typedef|static|extern)[a-z][\w \*]*?\b(\w+)\([^;{]*\)[^;{]*;", bare):
                if len(re.findall(rf"\b{name}\b", source)) < 2:
                    unused.append(f"{named(path)}: {name}")
    assert unused == [], unused


def test_every_test_of_the_command_line_is_run():
    listed = open(f"{ROOT}/tests/meson.build", encoding="utf-8").read().split("drive the program")[1].split("'cli '")[0]
    missing = [name for name in map(os.path.basename, glob.glob(f"{ROOT}/tests/cli/*_test.py")) if f"'{name[:-8]}'," not in listed]
    assert missing == [], missing


def test_every_source_and_every_template_is_built():
    built = "".join(open(f"{ROOT}/{folder}/meson.build", encoding="utf-8").read() for folder in ("src", "templates", "schema", "tests"))
    files = [*glob.glob(f"{ROOT}/src/*/*.c"), *glob.glob(f"{ROOT}/templates/*"), *glob.glob(f"{ROOT}/schema/*.sql")]
    missing = [named(path) for path in files if f"{os.path.basename(path)}'" not in built and not path.endswith("meson.build")]
    assert missing == [], missing


def test_only_the_store_knows_sqlite():
    wrong = [named(path) for path, text in SOURCES.items() if "<sqlite3.h>" in text and "/store/" not in path]
    assert wrong == [], wrong


def test_only_one_file_knows_each_library_of_documents():
    for library in ("hpdf.h", "qrencode.h"):
        users = [named(path) for path, text in SOURCES.items() if re.search(rf"#include [<\"]{library}[>\"]", text)]
        assert len(users) == 1 and "/document/" in users[0], f"{library}: {users}"


def test_only_the_web_knows_http():
    wrong = [named(path) for path, text in SOURCES.items() if "<microhttpd.h>" in text and "/web/" not in path]
    assert wrong == [], wrong


def test_arrows_go_down_only():
    below = {"base": {"base"}, "domain": {"base", "domain"}, "store": {"base", "domain", "store"}, "document": {"base", "document"},
             "act": {"base", "domain", "store", "document", "act"}, "web": {"base", "act", "store", "domain", "web"},
             "cli": {"base", "act", "store", "domain", "web", "cli"}}
    wrong = []
    for path, text in SOURCES.items():
        room = named(path).split("/")[1 if "/src/" in path else 2]
        for target in re.findall(r'#include "magistral/(\w+)/', text):
            if target not in below.get(room, set()):
                wrong.append(f"{named(path)} -> {target}")
    assert wrong == [], wrong


def test_every_table_is_strict_commented_and_of_a_declared_kind():
    schema = "".join(open(path, encoding="utf-8").read() for path in sorted(glob.glob(f"{ROOT}/schema/*.sql")))
    declared = set(re.findall(r'\{"(\w+)", TABLE_', SOURCES[f"{ROOT}/src/store/tables.c"]))
    made = re.findall(r"CREATE TABLE (\w+) \((.*?)\n\) ([A-Z, ]+);", schema, flags=re.S)
    renamed = dict(re.findall(r"CREATE TABLE (\w+_with_\w+) .*?ALTER TABLE \1 RENAME TO (\w+);", schema, flags=re.S))
    names = {renamed.get(name, name) for name, _, _ in made}
    assert made and names == declared, names ^ declared
    wrong = [name for name, body, kind in made if "STRICT" not in kind or "PRIMARY KEY" not in body or " REAL" in body]
    assert wrong == [], wrong
    assert not re.search(r"CREATE (VIRTUAL|TEMP)|GENERATED ALWAYS|ON (DELETE|UPDATE) CASCADE", schema)


def test_no_binary_fraction_in_the_domain():
    wrong = [named(path) for path, text in SOURCES.items() if "/domain/" in path
             and re.search(r"\b(float|double)\b", re.sub(r"/\*.*?\*/|//[^\n]*", "", text, flags=re.S))]
    assert wrong == [], wrong


def test_rooms_stay_small():
    long = {named(path): text.count("\n") for path, text in SOURCES.items() if text.count("\n") > 600}
    assert long == {}, long


def main():
    tests = [(name, value) for name, value in globals().items() if name.startswith("test_")]
    print(f"1..{len(tests)}")
    failed = 0
    for index, (name, test) in enumerate(tests, 1):
        try:
            test()
            print(f"ok {index} - {name}")
        except AssertionError as error:
            failed += 1
            print(f"not ok {index} - {name}: {error}".replace("\n", " "))
    sys.exit(1 if failed else 0)


main()
