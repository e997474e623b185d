#ifndef MAGISTRAL_BASE_TYPOGRAPHY_H
#define MAGISTRAL_BASE_TYPOGRAPHY_H

#include <stdbool.h>

#include "magistral/base/answer.h"
#include "magistral/base/language.h"
#include "magistral/base/text.h"

/* The one place where numbers, days, instants and sentences take their written form.
 *
 * French: decimal comma, 12/01/2026, "12/01/2026 à 14 h 32", a narrow firm space before ; ! ? and a firm one before :
 * and inside « ». English: decimal point, 12 Jan 2026, "12 Jan 2026, 14:32", so that no day can be taken for a month.
 * In both: digits in groups of three from four digits on, by a narrow firm space, because a comma that groups in one
 * language is the decimal sign of the other; a firm space between number and unit; a true minus sign.
 * Rule: SI Brochure (9th edition), 5.4.3 and 5.4.4; Lexique des règles typographiques en usage à l'Imprimerie nationale. */

/* Appends a canonical decimal or whole number ("-1250.50") with its unit ("mg", "%", "EUR", NULL for none). A text that
 * is no canonical number is set as a formula: a limit such as "<= 3.0 %" or "95.0 to 105.0". */
void typography_add_number(buffer *to, language language, const char *number, const char *unit);

/* Appends a day given as YYYY-MM-DD; another text as it is. */
void typography_add_day(buffer *to, language language, const char *day);

/* Appends an instant (YYYY-MM-DDTHH:MM:SS.mmmZ) as the clock of `zone` showed it, to the minute; another text as it is. */
void typography_add_instant(buffer *to, language language, const char *instant, const char *zone);

/* Appends the time of day alone, to the second when `seconds`. */
void typography_add_time(buffer *to, language language, const char *instant, const char *zone, bool seconds);

/* Appends a computation as it was noted ("6.503212 g = 300 x 20 mg / 0.922621"): its numbers as above, a unit firmly
 * behind its number, true signs for x, *, -, +-, <= and >=. Lot numbers and section numbers stay as they are. */
void typography_add_formula(buffer *to, language language, const char *formula);

/* Appends a sentence of a template: apostrophes made round and, in French, the spaces before ; : ! ?
 * and inside « » made firm. */
void typography_add_sentence(buffer *to, language language, const char *text);

/* What stands between a name and its value (": "), and between the things of a list ("; "), as the language writes it. */
const char *typography_colon(language language);
const char *typography_semicolon(language language);

/* Appends a text in capitals, accents kept: "suspendu à vie" becomes "SUSPENDU À VIE". Letters beyond those of French stay. */
void typography_add_capitals(buffer *to, const char *text);

/* Appends a leaf of an answer in its written form; a state or truth is its word in the catalogue; nothing is an em dash. */
void typography_add_answer(buffer *to, language language, const char *zone, const answer *leaf);

/* The sentence of a catalogue in its written form; "" when no catalogue knows the key. Owned by the arena. */
const char *typography_sentence(arena *arena, language language, const char *key);

#endif
