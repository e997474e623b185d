#ifndef MAGISTRAL_ACT_LAYOUTS_H
#define MAGISTRAL_ACT_LAYOUTS_H

#include "magistral/act/call.h"
#include "magistral/document/layout.h"
#include "magistral/store/document.h"

/* What acts on layouts share. */

/* Finds the version named by the inputs "name" and "version"; refused (TEMPLATE-02) when there is none. */
ending layouts_find(call *call, template *ret_template) MUST_CHECK;

/* Parses a layout and refuses what would stop the bench later: a field that the paper's record has not (DOC-06, DOC-17), a
 * dispensing label without a mention that the law asks for (TEMPLATE-05). */
ending layouts_check(call *call, const char *name, const char *text, layout **ret_layout) MUST_CHECK;

/* Draws the last thing that this paper was issued for by the layout, to no effect but its refusals; nothing when there is none. */
ending layouts_try(call *call, layout *layout) MUST_CHECK;

#endif
