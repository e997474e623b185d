"""The style of the pages: contrast in light and dark, sizes, nothing that hides the focus. Rule: WCAG 2.2, 1.4.3, 1.4.11, 2.4.7."""
import os
import re
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[:0] = [os.path.join(HERE, "..", "cli")]
from harness import main  # noqa: E402

TEMPLATES = os.path.join(HERE, "..", "..", "templates")
with open(os.path.join(TEMPLATES, "style.css"), encoding="utf-8") as style:
    STYLE = style.read()
TEXT = [("ink", "page"), ("ink", "faint"), ("soft", "page"), ("soft", "faint"), ("accent", "page"), ("accent", "faint"), ("on-accent", "accent"), ("page", "ink"),
        ("good", "good-faint"), ("wait", "wait-faint"), ("stop", "stop-faint"), ("good", "page"), ("wait", "page"), ("stop", "page"), ("ink", "wait-faint"),
        ("ink", "stop-faint"), ("ink", "good-faint")]
SIGNS = [("soft", "page"), ("accent", "page"), ("good", "page"), ("wait", "page"), ("stop", "page")]


def palettes():
    """The colours by name, in light and in dark."""
    light, dark = re.findall(r":root \{([^}]*)\}", STYLE)
    return [dict(re.findall(r"--([a-z-]+): (#[0-9a-f]+)", part)) for part in (light, dark)]


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[i:i + 2], 16) / 255 for i in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_contrast_in_light_and_dark():
    assert round(contrast("#000", "#fff"), 2) == 21 and round(contrast("#777", "#ffffff"), 2) == 4.48
    for colours in palettes():
        for pairs, least in ((TEXT, 4.5), (SIGNS, 3)):
            for front, ground in pairs:
                got = contrast(colours[front], colours[ground])
                assert got >= least, f"{front} {colours[front]} on {ground} {colours[ground]}: {got:.2f}"
        assert max(contrast(colours["focus"], colours["page"]), contrast(colours["ink"], colours["page"])) >= 3, "the focus has a ring of two colours"


def test_states_differ_without_colour():
    for state, shape in (("good", "✓"), ("wait", "▲"), ("stop", "✕")):
        assert f'.state.{state}::before {{ content: "{shape} "; }}' in STYLE, state
    borders = {re.search(rf"\.state\.{state} \{{ border(?:-color)?: ([^;]*)", STYLE).group(1) for state in ("good", "wait", "stop")}
    assert len(borders) == 3, borders


def test_the_focus_is_never_hidden():
    assert ":focus-visible { outline: 3px solid var(--focus)" in STYLE
    hidden = [rule for rule in re.findall(r"([^{}]+)\{[^}]*outline: none", STYLE)]
    assert [rule.strip() for rule in hidden] == ["main:focus"], hidden  # where a skip leads, which is no control


def test_sizes():
    assert len(STYLE.encode()) <= 20_000
    with open(os.path.join(TEMPLATES, "script.js"), "rb") as script:
        assert len(script.read()) <= 8_000
    assert "@media print" in STYLE and "prefers-color-scheme: dark" in STYLE and "url(" not in STYLE and "@import" not in STYLE


main(globals())
