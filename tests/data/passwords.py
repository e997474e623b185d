"""Passwords of fictitious people. Whoever adds a person gives them a first password; they set their own before anything else.

    first, own = passwords.files(folder, ["admin", "tech.a"])      # paths of two files; admin has their own from the start
    ...                                                             # admin adds tech.a with the file `first`
    passwords.set_own([PROGRAM, "--database", DATABASE], ["tech.a"], first, own)
"""
import os
import subprocess


def phrase(person):
    return f"une phrase fictive pour {person}"


def write(path, people, of=phrase):
    """A file of passwords that its owner alone may read."""
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        file.writelines(f"{person} {of(person)}\n" for person in people)
    return path


def paths(folder):
    return os.path.join(folder, "first-passwords"), os.path.join(folder, "passwords")


def files(folder, people, of=phrase):
    """The first of `people` makes the database, and so has no first password."""
    first, own = paths(folder)
    return write(first, people, lambda person: of(person) + (" (premier)" if person != people[0] else "")), write(own, people, of)


def set_own(command, people, first, own):
    for person in people:
        subprocess.run([*command, "--json", "--as", person, "--password-file", first, "person", "set-password", "--password", own], check=True,
                       capture_output=True)
