#ifndef MAGISTRAL_ACT_BADGES_H
#define MAGISTRAL_ACT_BADGES_H

#include "magistral/act/runner.h"
#include "magistral/store/workstation.h"

/* Badges, PINs and the workstations on which they count. */

/* What stands before the token in the code of a badge, so that a scan field tells it from everything else. */
#define BADGE_MARK "BADGE-"

/* True when a scanned text is the code of a badge: the mark, then a token of 26 characters; in either case of letters. */
bool badge_is_code(const char *text);

/* The code of a badge as the path of an SVG picture: its dark modules, one unit each; *ret_width is the picture's side with the quiet
 * zone. NULL when it cannot be drawn. Owned by the arena. */
const char *badge_picture(arena *arena, const char *code, int *ret_width);

/* The name of the workstation whose cookie holds this token (NULL is allowed); NULL when there is none, or it was withdrawn. */
ending runner_workstation(runner *runner, const char *token, arena *arena, outcome *outcome, const char **ret_name) MUST_CHECK;

/* The person whose badge has this code; *ret_identifier is NULL when nobody's has. */
ending runner_badge(runner *runner, const char *code, arena *arena, outcome *outcome, const char **ret_identifier) MUST_CHECK;

#endif
