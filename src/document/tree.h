#ifndef MAGISTRAL_DOCUMENT_TREE_H
#define MAGISTRAL_DOCUMENT_TREE_H

#include <math.h>

#include "magistral/document/layout.h"

#include "face.h"

/* A layout as parsed. The commands, their settings and where they may stand are in two lists (commands.c). */

typedef enum place { PLACE_HEAD = 1, PLACE_FIXED = 2, PLACE_FLOW = 4, PLACE_PAIRS = 8, PLACE_TABLE = 16 } place;

typedef enum command {
    COMMAND_DOCUMENT, COMMAND_LANGUAGE, COMMAND_VERSION, COMMAND_PAGE, COMMAND_TITLE, COMMAND_AUTHOR, COMMAND_OPTIONAL,
    COMMAND_PRINTER, COMMAND_BODY, COMMAND_LETTERS,
    COMMAND_TEXT, COMMAND_BOX, COMMAND_BAND, COMMAND_LINE, COMMAND_QR, COMMAND_WATERMARK,
    COMMAND_HEADING, COMMAND_PARAGRAPH, COMMAND_NOTE, COMMAND_SPACE, COMMAND_RULE, COMMAND_NEW_PAGE,
    COMMAND_PAIRS, COMMAND_PAIR, COMMAND_TABLE, COMMAND_COLUMN, COMMAND_BELOW, COMMAND_EMPTY, COMMAND_VALUES,
    COMMAND_KEEP, COMMAND_PANEL, COMMAND_EVERY_PAGE, COMMAND_FIRST_PAGE, COMMAND_LATER_PAGES,
    COMMAND_WHEN, COMMAND_EACH,
} command;

typedef enum setting {
    SET_X, SET_Y, SET_WIDTH, SET_HEIGHT, SET_SIZE, SET_MINIMUM, SET_LINES, SET_LEADING, SET_THICKNESS, SET_COLUMNS,
    SET_LABEL, SET_GAP, SET_LEVEL, SET_DOTS, SET_TOP, SET_LATER, SET_BOTTOM, SET_LEFT, SET_RIGHT, SET_MM, SET_ROW, NUMBERS,
    SET_ALIGN = NUMBERS, SET_COLOUR, SET_FILL, SET_FRAME, SET_BOLD, SET_GRID, SET_TITLE, SETTINGS,
} setting;

typedef enum alignment { ALIGN_LEFT, ALIGN_RIGHT, ALIGN_CENTER, ALIGN_DECIMAL } alignment;
typedef enum colour { BLACK, GREY, PALE, FAINT, RED, GREEN, BLUE, WHITE, COLOURS } colour;

typedef enum part_kind { PART_TEXT, PART_FIELD, PART_IF, PART_UNLESS, PART_END, PART_BOLD, PART_STRUCK } part_kind;
typedef enum form { FORM_PLAIN, FORM_FORMULA, FORM_NUMBER, FORM_UNIT, FORM_DAY, FORM_TIME, FORM_CODE, FORM_COUNT, FORM_CAPITALS } form;

/* Between a line and the one that goes on with it ("| ..."): a control character, which no layout may hold itself. */
#define LINE_END '\v'
#define BLANKS " \t\v"

/* A piece of a text: literal, field, start or end of a condition, change of style. */
typedef struct part {
    part_kind kind;
    form form;
    bool optional;
    int line;         /* of the file */
    const char *text; /* the literal or the path */
    struct part *next;
} part;

typedef struct item {
    command command;
    int line;
    unsigned given; /* settings that stand in the file, a bit each */
    double number[NUMBERS];
    alignment align;
    colour colour, fill, frame;
    part *title, *text;
    const char *path, *word; /* of when, each, table, values */
    bool negated, optional;
    struct item *first, *last, *otherwise, *next;
    bool in_otherwise; /* while parsing: further lines belong to `otherwise` */
} item;

struct layout {
    const char *name, *version;
    language language;
    bool label;
    double width, height, dot; /* points */
    double top, later, bottom, left, right, size;
    const part *title, *author;
    const char **optional;
    size_t optionals;
    item *first, *last;
};

static const double millimetre = 72 / 25.4;

/* A number of an item, or `otherwise` when the file does not give it. */
static inline double number_of(const item *item, setting setting, double otherwise)
{
    return item->given & 1u << setting ? item->number[setting] : otherwise;
}

/* The same in points, of a length in millimetres. */
static inline double length_of(const item *item, setting setting, double otherwise)
{
    return number_of(item, setting, otherwise) * millimetre;
}

static inline face_id face_of(const item *item)
{
    return item->given & 1u << SET_BOLD ? BOLD : REGULAR;
}

/* What a command takes: bits of settings, those that must stand, where it may stand, what its block holds. */
typedef struct command_rule {
    const char *word;
    command command;
    unsigned places;
    unsigned settings, required;
    bool text;    /* needs " : TEXT" */
    bool path;    /* starts with a path */
    unsigned block; /* place of its children, 0 when it opens none, SAME_PLACE for the place it stands in itself */
} command_rule;

enum { SAME_PLACE = 0x100 };

/* By word; NULL when there is none. */
const command_rule *command_find(const char *word, size_t length);
/* The settings by word, SETTINGS when there is none. */
setting setting_find(const char *word, size_t length);
/* Smallest and largest value of a number. */
void setting_range(setting setting, double *ret_low, double *ret_high);
/* The colour or alignment by word; false when there is none. */
bool colour_find(const char *word, size_t length, colour *ret_colour);
bool alignment_find(const char *word, size_t length, alignment *ret_alignment);

/* Reads a text into its parts, from this line of the file on; refuses DOC-13. */
ending parts_parse(layout *layout, int line, const char *text, arena *arena, outcome *outcome, part **ret_first) MUST_CHECK;

#endif
