#ifndef MAGISTRAL_DOCUMENT_LAYOUT_H
#define MAGISTRAL_DOCUMENT_LAYOUT_H

#include "magistral/base/arena.h"
#include "magistral/base/language.h"
#include "magistral/base/outcome.h"

/* A layout says what stands where on a label or in a document. It is a text file, templates/NAME.fr.layout or
 * NAME.en.layout, that a pharmacist changes in a text editor; lengths are in millimetres, letters in points.
 *
 *     # a comment                                          one thing a line
 *     COMMAND PATH SETTING VALUE SETTING VALUE : TEXT      what follows " : " is printed
 *         | MORE TEXT                                      goes on with the text of the line above
 *
 * In a text, {{batch.number}} is replaced by that field of the record, written as the language writes it. With a form:
 * {{net|formula}} how it was computed, |number without unit, |unit, |day and |time of an instant, |code as stored,
 * |count of a list,
 * |capitals for a state on a band. **bold**, ~~struck through~~. {{#field}}...{{/field}} prints only when the field is there, is not
 * empty, "false" or nothing; {{^field}}...{{/field}} only when not. A field that the record lacks is refused unless the
 * head says `optional FIELD`. Inside a list a field is looked up in the row; `top.FIELD` starts at the whole record, `this`
 * is the row itself, `position` its number from 1. `document.page`, `.pages`, `.program`, `.schema`, `.template` and
 * `.instant` are always there (the first two only on page furniture).
 *
 * Head:       document label | pages           language fr | en          version WORD
 *             page width W height H            title : TEXT              author : TEXT     optional FIELD...
 *             printer dots 203 | 300           label: QR modules are whole dots of this printer (else 300)
 *             body top T later T bottom B left L right R                 pages: where the running text stands; `later`
 *                                              is the top from page 2 on
 *             letters size S                   usual size of running text
 * Placed:     text x X y Y width W [height H] [size S] [minimum S] [lines N] [leading N] [bold] [align left|right|center]
 *                  [colour C] : TEXT           y is the top of the capitals; breaks at spaces, and at hyphens of
 *                                              long names, into at most `lines` and `height`, then
 *                                              shrinks down to `minimum`, then is refused: nothing is ever cut
 *             box x X y Y width W height H [fill C] [frame C] [thickness P]
 *             band (as box, and as text) : TEXT                          a box with text in its middle
 *             line x X y Y width W | height H [thickness P] [colour C]
 *             qr x X y Y size MM : TEXT        the whole square, quiet zone of 4 modules included
 *             watermark [x X y Y width W height H] [size S] : TEXT               pale, across the page or that area
 * Running:    heading [level 1|2|3] : TEXT     stays with what follows
 *             paragraph [size] [minimum] [bold] [align] [colour] [left MM] [gap MM] : TEXT
 *             note : TEXT                      small, behind a thin bar
 *             space mm MM                      rule [thickness P] [colour C]          new-page
 *             pairs [columns N] [label MM] ... pair title "TEXT" : TEXT ... end
 *             table LIST [size S] [row MM] [grid] ... column width MM [align left|right|center|decimal] [bold] title "TEXT" : TEXT ...
 *                  below : TEXT                a line below each row, over its whole width; left out when empty
 *                  empty : TEXT ... end        printed when the list is empty
 *                  `row` is the least height of a row, `grid` rules its columns: to be filled by hand
 *             values LIST columns N [row MM] : TEXT      a list of single values as a numbered grid, ruled between where `row` leaves room to write
 *             keep ... end                     on one page           panel [width MM] ... end    the same, framed
 * Furniture:  every-page | first-page | later-pages ... end          placed things beside the running text
 * Control:    when [not] FIELD | when FIELD is [not] WORD ... otherwise ... end
 *             each LIST [columns N] ... end    once a row; in running text `columns` of them beside each other
 *             (a WORD with spaces stands in quotes)
 *
 * Colours: black grey pale faint red green blue white. */
typedef struct layout layout;

/* Reads a layout. `name` is its file name, used in refusals (DOC-01 to DOC-05, DOC-13, DOC-14), each with file and line.
 * The layout lives in `arena` and may be drawn from several threads at once. */
ending layout_parse(const char *name, const char *text, arena *arena, outcome *outcome, layout **ret_layout) MUST_CHECK;

/* The layout that was compiled in for `document` ("certificate") and language; parsed on each call. Fails when there is
 * none. */
ending layout_built_in(const char *document, language language, arena *arena, outcome *outcome,
                       layout **ret_layout) MUST_CHECK;

/* Refuses each field, with its line, that no record of this paper has (DOC-06, DOC-17): whatever the conditions around it.
 * What a paper's records have is what the program's own layouts of it name. */
ending layout_check_fields(const layout *layout, arena *arena, outcome *outcome) MUST_CHECK;

/* True when the layout prints this field ("product.route"), or chooses by its word. */
bool layout_prints(const layout *layout, const char *field, arena *arena);

/* A record in which `field` is the word `word`; `ignored`, a truth, is taken as false (NULL for none). */
typedef struct layout_case {
    const char *field, *word, *ignored;
    bool surely; /* whatever the other fields are; else for one of them at least */
    const char *beside; /* further words that the same text holds, or NULL */
} layout_case;

/* True when a text that is drawn in this case, in a colour that is read on its ground, holds these words; a field in them is written as
 * in the file ("{{batch.state}}"). */
bool layout_says(const layout *layout, const layout_case *when, const char *words);

language layout_language(const layout *layout);
const char *layout_name(const layout *layout);
const char *layout_version(const layout *layout);

#endif
