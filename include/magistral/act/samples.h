#ifndef MAGISTRAL_ACT_SAMPLES_H
#define MAGISTRAL_ACT_SAMPLES_H

#include "magistral/act/batches.h"

/* What several acts on samples share. */

/* Finds the sample named in the input "sample" and its batch; refused (SAMPLE-09) when there is none. Notes that the act concerns its batch. */
ending samples_find(call *call, sample_line *ret_sample, batch *ret_batch) MUST_CHECK;

/* Whether the laboratory may receive a sample in this state of its batch: in quarantine, and after the release what serves a control that
 * is due then. Rule: BPP 4.42, 6.68. */
bool samples_may_be_received(const sample_line *sample, const batch *batch, const formula_content *formula);

/* The first sample that serves a control and that the laboratory has not received (NULL: none). Of a reserve see results_reserve(). */
const sample_line *samples_awaited(const sample_line *samples, size_t count, const formula_control *control);

/* Puts the door to the act that a sample waits for, "task", when it waits for one that the laboratory may do; else its absence. */
ending samples_put_task(call *call, answer *to, const sample_line *sample) MUST_CHECK;

/* Puts the exits of a sample (or of a batch's samples, when `sample` is ABSENT) as the list "exits". */
ending samples_put_exits(call *call, answer *to, int64_t batch, int64_t sample) MUST_CHECK;

#endif
