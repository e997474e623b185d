#ifndef MAGISTRAL_ACT_RESULTS_H
#define MAGISTRAL_ACT_RESULTS_H

#include "magistral/act/batches.h"
#include "magistral/domain/control.h"
#include "magistral/store/equipment.h"
#include "magistral/store/result.h"

/* What several acts on results share. */

/* A result with its batch, what the frozen formula expects of it, and its values. */
typedef struct result_whole {
    result result;
    batch batch;
    formula_content formula;
    const formula_control *control;
    control_specification specification;
    result_value *values;
    size_t value_count;
} result_whole;

/* Finds the result named in the input "result" with all of it, in one of the states of the act; refused (RESULT-01) when
 * there is none, (RESULT-02) in another state. Notes that the act concerns its batch. */
ending results_find(call *call, result_whole *ret_whole) MUST_CHECK;

/* Reads all that belongs to `whole->result`, in whatever state it is. */
ending results_load(call *call, result_whole *whole) MUST_CHECK;

/* The act by which a result goes on ("result append", "result close", ...), NULL when it is at its end; *ret_series: the series that
 * is filled next where a control has several, else NULL. */
const char *results_next_act(const result_whole *whole, const char **ret_series);

/* Whether the first stage is closed and not conclusive: a second one is due. */
bool results_is_staged(const result_whole *whole);

/* Puts what the series holds and expects ("series"), and how its values stand so far ("course": mean, limits, points) or its absence. */
void results_put_course(call *call, answer *to, const result_whole *whole);

/* What a control expects, ready to be judged. */
ending results_specification(call *call, const formula_content *formula, const formula_control *control,
                             control_specification *ret_specification) MUST_CHECK;

/* Refuses (RESULT-03) a final result entered by someone who took part in making the batch. Rule: BPP 6.18. */
ending results_check_controller(call *call, const batch *batch, const formula_control *control) MUST_CHECK;

/* Reads the worksheet of a result that is opened into `ret_made`: equipment (id 0: none), column, standard, suitability of the system, analyst.
 * Refuses what a certificate names and is not given (RESULT-27, -28, -37), an expired standard (RESULT-38), a chromatograph whose suitability is
 * not told (RESULT-39), an analyst who made the batch (RESULT-40) or may not analyse (RESULT-41). DONE also when it refused.
 * Rule: BPP 3.44, 6.18, 7.32; Ph. Eur. 2.2.46. */
ending results_worksheet(call *call, const batch *batch, const formula_control *control, const equipment *equipment, result *ret_made) MUST_CHECK;

/* Refuses (RESULT-04) once the batch is decided: after the decision the record is closed. Rule: BPP 4.42. */
void results_check_batch(call *call, const batch *batch, const formula_control *control, const char *field);

/* Every value entered in a result, as it is written in a language, with its unit ("95,4 % ; 95,9 %"); NULL when none was entered. The
 * text is the call's. */
ending results_values_in_words(call *call, int64_t result, language language, const char **ret_words, size_t *ret_count) MUST_CHECK;

/* Refuses to go on (RESULT-30 without a result that is closed, RESULT-31 with one that does not comply) while a control in process is
 * missing: before the filling those of the powder, which need no capsule; before the packaging all. Rule: BPP 5.44, 6.18. */
ending results_check_in_process(call *call, const batch *batch, const formula_content *formula, bool of_powder) MUST_CHECK;

/* Whether a control is due before the release of this batch: in-process, before release, or periodic, which is due at the first batch
 * and then when as many batches as its period were made since it last complied. */
ending results_is_due(call *call, const batch *batch, const formula_control *control, bool *ret_due) MUST_CHECK;

/* How many values of a series are entered. */
size_t results_entered(const result_whole *whole, const char *series);

/* The values of a result, series by series, as they are judged. */
control_values results_values(call *call, const result_whole *whole);

/* Judges the values of a result and closes it with its verdict, its line and its computation, to be verified by another person. Refused while
 * values are missing or cannot be judged (RESULT-13 to -17). A result after the release that does not comply holds its batch.
 * Rule: Ph. Eur. General Notices 1, 2.9.1, 2.9.5, 2.9.40, 5.1.4; BPP 6.68, 8.11. */
ending results_close(call *call, const result_whole *whole, result *ret_closed, control_judged *ret_judged) MUST_CHECK;

/* The reserve of a batch from which `units` can still be taken; its id stays 0 when there is none. *ret_most: the most that
 * one reserve still holds. */
ending results_reserve(call *call, const batch *batch, int64_t units, sample_line *ret_reserve, int64_t *ret_most) MUST_CHECK;

/* Names the reserve for the second stage of a test: how many units are taken from it, how many are left, and its label ("units", "reserve",
 * "reserve-label", "left"). Rule: BPP 6.76; Ph. Eur. 2.9.1, 2.9.40. */
ending results_put_reserve(call *call, answer *to, const result_whole *whole) MUST_CHECK;

/* The result in one line, as a certificate prints it, in the language of the site. */
const char *results_stated(call *call, const control_judged *judged, const control_specification *specification);

/* Judges the first stage again, on the values that it had (more are not looked at), and says it in one line as `results_stated` does.
 * Fails when they are no longer judged. Rule: Ph. Eur. 2.9.40. */
ending results_first_stage(call *call, const control_specification *specification, control_series series, control_judged *ret_first,
                           const char **ret_stated) MUST_CHECK;

/* Puts a result with its values and computation into an object. */
ending results_put(call *call, answer *to, const result_line *line) MUST_CHECK;

/* Puts a result in one line of a table. */
void results_put_line(answer *row, const result_line *line);

#endif
