#ifndef MAGISTRAL_BASE_CSV_H
#define MAGISTRAL_BASE_CSV_H

#include "magistral/base/answer.h"
#include "magistral/base/language.h"
#include "magistral/base/text.h"

/* Rows as a file of separated values, in two flavours.
 * CSV_EXCEL, as a French spreadsheet opens it by a double click: UTF-8 with its mark, semicolons, decimal comma, days jj/mm/aaaa, instants as
 * the clock of the zone showed them, headings and states in words.
 * CSV_RFC4180, for programs: commas, decimal point, ISO 8601, headings and states as JSON names them.
 * In both a text that a spreadsheet would take for a formula (it begins with = + - @, a tab or a carriage return) stands behind an
 * apostrophe, unless it is a plain number; a column with units is followed by one of the units.
 * Rule: RFC 4180; OWASP, CSV Injection. */
typedef enum csv_flavour { CSV_EXCEL, CSV_RFC4180 } csv_flavour;

typedef struct csv {
    csv_flavour flavour;
    language language;
    const char *zone;  /* of the site */
    const char *units; /* columns that have a unit, separated by |; NULL: none */
} csv;

/* Appends the mark of the file and the headings, as the row names its cells. */
void csv_add_heads(buffer *to, const csv *csv, const answer *row);
/* Appends a row. */
void csv_add_row(buffer *to, const csv *csv, const answer *row);
/* True when any cell of this name has a unit of its own in one of the rows of a list. */
bool csv_has_unit(const answer *rows, const char *name);

#endif
