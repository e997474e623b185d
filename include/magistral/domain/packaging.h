#ifndef MAGISTRAL_DOMAIN_PACKAGING_H
#define MAGISTRAL_DOMAIN_PACKAGING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "magistral/base/arena.h"

/* True when every request can be given whole bottles whose units sum up to its own, each bottle once; what is left over is of no
 * matter. True too when there are too many ways to try them all: nothing is refused that may be lawful.
 * Rule: BPP 5.54; a bottle is opened only by repackaging it. */
bool bottles_can_serve(arena *arena, const int64_t *bottles, size_t bottle_count, const int64_t *requests, size_t request_count);

#endif
