#ifndef MAGISTRAL_ACT_LAYOUTS_H
#define MAGISTRAL_ACT_LAYOUTS_H

#include "magistral/act/documents.h"
#include "magistral/document/layout.h"
#include "magistral/store/document.h"

/* What acts on layouts share. */

/* Finds the version named by the inputs "name" and "version"; refused (TEMPLATE-02) when there is none. */
ending layouts_find(call *call, template *ret_template) MUST_CHECK;

/* Refuses (TEMPLATE-01) what is no layout of the program. */
ending layouts_check_name(call *call, const char *name) MUST_CHECK;

/* Parses a layout and refuses what would stop the bench later: a field that the paper's record has not (DOC-06, DOC-17), a
 * dispensing label without a mention that the law asks for (TEMPLATE-05). */
ending layouts_check(call *call, const char *name, const char *text, layout **ret_layout) MUST_CHECK;

/* Begins to draw again the paper that `about` names by its kind and subject, to be looked at: its records are filled, and nothing drawn yet.
 * NULL for a paper that more than its subject is asked for. Refuses what is not there on `field`. */
ending layouts_begin(call *call, const document *about, const char *field, drawing **ret_drawing) MUST_CHECK;

/* What a layout of this name is to draw: the thing with the number `subject`, or where that is NULL the last thing that was drawn by it,
 * whatever its version; its subject is NULL when there is none. */
ending layouts_about(call *call, const char *name, const char *subject, document *ret_about) MUST_CHECK;

/* Draws that by the layout, to no effect but its refusals. */
ending layouts_try(call *call, layout *layout, const char *subject) MUST_CHECK;

#endif
