#ifndef MAGISTRAL_BASE_JSON_H
#define MAGISTRAL_BASE_JSON_H

#include "magistral/base/answer.h"

/* Reads one JSON value (jansson) into an answer tree: objects, lists, texts, whole numbers as counts, true and false,
 * null as nothing. A number with a fraction or exponent is refused, because it would not be exact: decimals are written
 * as texts; so are a name twice in one object, invalid UTF-8, and anything after the value (JSON-01, with line, column
 * and why). */
ending json_read(const char *text, size_t length, arena *arena, outcome *outcome, answer **ret_answer) MUST_CHECK;

#endif
