#ifndef MAGISTRAL_TEST_SAMPLE_H
#define MAGISTRAL_TEST_SAMPLE_H

#include "magistral/base/answer.h"

/* Reads a sample record: JSON in the form that answer_write_json() writes, where a day, an instant and an object with
 * "value", "state" or "link" become what they look like. Ends the process when it cannot be read. */
answer *sample_read(arena *arena, const char *path);

/* Reads a whole file; ends the process when it cannot. Owned by the arena. */
char *sample_text(arena *arena, const char *path);

#endif
