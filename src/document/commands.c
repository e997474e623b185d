#include "tree.h"

#include <string.h>

#define BIT(setting) (1u << (setting))
#define LETTERS (BIT(SET_SIZE) | BIT(SET_MINIMUM) | BIT(SET_BOLD) | BIT(SET_ALIGN) | BIT(SET_COLOUR) | BIT(SET_LEADING))
#define PLACED (BIT(SET_X) | BIT(SET_Y) | BIT(SET_WIDTH))
#define AREA (PLACED | BIT(SET_HEIGHT))
#define LOOK (BIT(SET_FILL) | BIT(SET_FRAME) | BIT(SET_THICKNESS))

static const command_rule rules[] = {
    {"document", COMMAND_DOCUMENT, PLACE_HEAD, 0, 0, false, true, 0},
    {"language", COMMAND_LANGUAGE, PLACE_HEAD, 0, 0, false, true, 0},
    {"version", COMMAND_VERSION, PLACE_HEAD, 0, 0, false, true, 0},
    {"optional", COMMAND_OPTIONAL, PLACE_HEAD, 0, 0, false, true, 0},
    {"page", COMMAND_PAGE, PLACE_HEAD, BIT(SET_WIDTH) | BIT(SET_HEIGHT), BIT(SET_WIDTH) | BIT(SET_HEIGHT), false, false, 0},
    {"title", COMMAND_TITLE, PLACE_HEAD, 0, 0, true, false, 0},
    {"author", COMMAND_AUTHOR, PLACE_HEAD, 0, 0, true, false, 0},
    {"printer", COMMAND_PRINTER, PLACE_HEAD, BIT(SET_DOTS), BIT(SET_DOTS), false, false, 0},
    {"body", COMMAND_BODY, PLACE_HEAD, BIT(SET_TOP) | BIT(SET_LATER) | BIT(SET_BOTTOM) | BIT(SET_LEFT) | BIT(SET_RIGHT),
     BIT(SET_TOP) | BIT(SET_BOTTOM) | BIT(SET_LEFT) | BIT(SET_RIGHT), false, false, 0},
    {"letters", COMMAND_LETTERS, PLACE_HEAD, BIT(SET_SIZE), BIT(SET_SIZE), false, false, 0},
    {"text", COMMAND_TEXT, PLACE_FIXED, AREA | LETTERS | BIT(SET_LINES), PLACED, true, false, 0},
    {"box", COMMAND_BOX, PLACE_FIXED, AREA | LOOK, AREA, false, false, 0},
    {"band", COMMAND_BAND, PLACE_FIXED, AREA | LOOK | LETTERS | BIT(SET_LINES), AREA, true, false, 0},
    {"line", COMMAND_LINE, PLACE_FIXED, AREA | BIT(SET_THICKNESS) | BIT(SET_COLOUR), BIT(SET_X) | BIT(SET_Y), false, false, 0},
    {"qr", COMMAND_QR, PLACE_FIXED, BIT(SET_X) | BIT(SET_Y) | BIT(SET_SIZE), BIT(SET_X) | BIT(SET_Y) | BIT(SET_SIZE), true,
     false, 0},
    {"watermark", COMMAND_WATERMARK, PLACE_FIXED, AREA | BIT(SET_SIZE), 0, true, false, 0},
    {"heading", COMMAND_HEADING, PLACE_FLOW, BIT(SET_LEVEL), 0, true, false, 0},
    {"paragraph", COMMAND_PARAGRAPH, PLACE_FLOW, LETTERS | BIT(SET_LEFT) | BIT(SET_GAP), 0, true, false, 0},
    {"note", COMMAND_NOTE, PLACE_FLOW, BIT(SET_SIZE) | BIT(SET_LEFT), 0, true, false, 0},
    {"space", COMMAND_SPACE, PLACE_FLOW, BIT(SET_MM), BIT(SET_MM), false, false, 0},
    {"rule", COMMAND_RULE, PLACE_FLOW, BIT(SET_THICKNESS) | BIT(SET_COLOUR), 0, false, false, 0},
    {"new-page", COMMAND_NEW_PAGE, PLACE_FLOW, 0, 0, false, false, 0},
    {"pairs", COMMAND_PAIRS, PLACE_FLOW, BIT(SET_COLUMNS) | BIT(SET_LABEL) | BIT(SET_SIZE), 0, false, false, PLACE_PAIRS},
    {"pair", COMMAND_PAIR, PLACE_PAIRS, BIT(SET_TITLE) | BIT(SET_BOLD) | BIT(SET_COLOUR), BIT(SET_TITLE), true, false, 0},
    {"table", COMMAND_TABLE, PLACE_FLOW, BIT(SET_SIZE) | BIT(SET_ROW) | BIT(SET_GRID), 0, false, true, PLACE_TABLE},
    {"column", COMMAND_COLUMN, PLACE_TABLE,
     BIT(SET_WIDTH) | BIT(SET_ALIGN) | BIT(SET_BOLD) | BIT(SET_TITLE) | BIT(SET_COLOUR) | BIT(SET_SIZE),
     BIT(SET_WIDTH) | BIT(SET_TITLE), true, false, 0},
    {"below", COMMAND_BELOW, PLACE_TABLE, BIT(SET_LEFT) | BIT(SET_COLOUR) | BIT(SET_BOLD), 0, true, false, 0},
    {"empty", COMMAND_EMPTY, PLACE_TABLE, 0, 0, true, false, 0},
    {"values", COMMAND_VALUES, PLACE_FLOW, BIT(SET_COLUMNS) | BIT(SET_SIZE) | BIT(SET_ROW), BIT(SET_COLUMNS), true, true, 0},
    {"keep", COMMAND_KEEP, PLACE_FLOW, 0, 0, false, false, PLACE_FLOW},
    {"panel", COMMAND_PANEL, PLACE_FLOW, BIT(SET_WIDTH) | BIT(SET_FILL) | BIT(SET_FRAME) | BIT(SET_THICKNESS), 0, false,
     false, PLACE_FLOW},
    {"every-page", COMMAND_EVERY_PAGE, PLACE_FLOW, 0, 0, false, false, PLACE_FIXED},
    {"first-page", COMMAND_FIRST_PAGE, PLACE_FLOW, 0, 0, false, false, PLACE_FIXED},
    {"later-pages", COMMAND_LATER_PAGES, PLACE_FLOW, 0, 0, false, false, PLACE_FIXED},
    {"when", COMMAND_WHEN, PLACE_FIXED | PLACE_FLOW | PLACE_PAIRS, 0, 0, false, true, SAME_PLACE},
    {"each", COMMAND_EACH, PLACE_FLOW | PLACE_PAIRS, BIT(SET_COLUMNS), 0, false, true, SAME_PLACE},
};

static const struct {
    const char *word;
    double low, high;
} settings[SETTINGS] = {
    [SET_X] = {"x", 0, 1000}, [SET_Y] = {"y", 0, 1000}, [SET_WIDTH] = {"width", 0.1, 1000},
    [SET_HEIGHT] = {"height", 0.1, 1000}, [SET_SIZE] = {"size", 3, 120}, [SET_MINIMUM] = {"minimum", 3, 120},
    [SET_LINES] = {"lines", 1, 100}, [SET_LEADING] = {"leading", 0.8, 3}, [SET_THICKNESS] = {"thickness", 0.05, 20},
    [SET_COLUMNS] = {"columns", 1, 20}, [SET_LABEL] = {"label", 5, 150}, [SET_GAP] = {"gap", 0, 100},
    [SET_LEVEL] = {"level", 1, 3}, [SET_DOTS] = {"dots", 150, 1200}, [SET_TOP] = {"top", 0, 1000},
    [SET_LATER] = {"later", 0, 1000}, [SET_BOTTOM] = {"bottom", 0, 1000}, [SET_LEFT] = {"left", 0, 1000},
    [SET_RIGHT] = {"right", 0, 1000}, [SET_MM] = {"mm", 0, 500}, [SET_ROW] = {"row", 1, 200}, [SET_ALIGN] = {"align", 0, 0},
    [SET_COLOUR] = {"colour", 0, 0}, [SET_FILL] = {"fill", 0, 0}, [SET_FRAME] = {"frame", 0, 0},
    [SET_BOLD] = {"bold", 0, 0}, [SET_GRID] = {"grid", 0, 0}, [SET_TITLE] = {"title", 0, 0},
};

static bool same(const char *known, const char *word, size_t length)
{
    return strlen(known) == length && memcmp(known, word, length) == 0;
}

const command_rule *command_find(const char *word, size_t length)
{
    for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
        if (same(rules[i].word, word, length))
            return &rules[i];
    return NULL;
}

setting setting_find(const char *word, size_t length)
{
    for (int i = 0; i < SETTINGS; i++)
        if (same(settings[i].word, word, length))
            return (setting)i;
    return SETTINGS;
}

void setting_range(setting setting, double *ret_low, double *ret_high)
{
    *ret_low = settings[setting].low;
    *ret_high = settings[setting].high;
}

bool colour_find(const char *word, size_t length, colour *ret_colour)
{
    static const char *const words[COLOURS] = {"black", "grey", "pale", "faint", "red", "green", "blue", "white"};
    for (int i = 0; i < COLOURS; i++)
        if (same(words[i], word, length)) {
            *ret_colour = (colour)i;
            return true;
        }
    return false;
}

bool alignment_find(const char *word, size_t length, alignment *ret_alignment)
{
    static const char *const words[] = {"left", "right", "center", "decimal"};
    for (int i = 0; i < 4; i++)
        if (same(words[i], word, length)) {
            *ret_alignment = (alignment)i;
            return true;
        }
    return false;
}
