#ifndef MAGISTRAL_ACT_DOORS_H
#define MAGISTRAL_ACT_DOORS_H

#include "magistral/act/call.h"

/* A door: an act that is proposed, with inputs filled already. An object with the text "act" and the object "inputs"; a page
 * draws it as a button that leads to the act's form, or as the form itself. */
answer *put_door(answer *to, const char *name, const char *act);
/* One input of it; a NULL value is left out. A further value of a list is put under the same name again, joined by line feeds. */
void door_input(answer *door, const char *input, const char *value);

#endif
