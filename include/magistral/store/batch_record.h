#ifndef MAGISTRAL_STORE_BATCH_RECORD_H
#define MAGISTRAL_STORE_BATCH_RECORD_H

#include "magistral/store/store.h"

/* The parts of a batch record and of a certificate as they are printed: one row a line, names of people and things already
 * joined. Every query takes `id`, the batch's, in a record_key. */
#define RECORD_KEY_FIELDS(INTEGER, TEXT) TEXT(number)
RECORD(record_key, RECORD_KEY_FIELDS)

#define RECORD_REQUEST_FIELDS(INTEGER, TEXT) \
    TEXT(number) TEXT(pseudonym) TEXT(prescriber) TEXT(prescribed_on) INTEGER(daily_units) INTEGER(days) INTEGER(units) \
    TEXT(accepted_by) TEXT(accepted_at) TEXT(posology) TEXT(board_name) TEXT(board_day) TEXT(board_number) TEXT(board_decision) TEXT(legal_basis)
RECORD(record_request, RECORD_REQUEST_FIELDS)

#define RECORD_PERSON_FIELDS(INTEGER, TEXT) TEXT(identifier) TEXT(name) TEXT(first_at) TEXT(acts)
RECORD(record_person, RECORD_PERSON_FIELDS)

#define RECORD_COMPONENT_FIELDS(INTEGER, TEXT) \
    TEXT(material) TEXT(unit) TEXT(lot) TEXT(supplier_lot) TEXT(supplier) TEXT(limit_day) TEXT(assay) TEXT(assay_basis) \
    TEXT(water) INTEGER(used) INTEGER(back) INTEGER(due) TEXT(kind) TEXT(accepted_by) TEXT(accepted_at) TEXT(recalled_by) TEXT(recalled_at) \
    TEXT(recall_reason) TEXT(limit_kind) TEXT(end_of_use)
RECORD(record_component, RECORD_COMPONENT_FIELDS)

#define RECORD_WEIGHING_FIELDS(INTEGER, TEXT) \
    INTEGER(rank) TEXT(material) TEXT(lot) TEXT(container) TEXT(balance) INTEGER(readability) INTEGER(target) INTEGER(low) \
    INTEGER(high) TEXT(formula) INTEGER(tare) INTEGER(net) TEXT(ticket) TEXT(state) TEXT(opened_by) TEXT(opened_at) TEXT(recorded_by) \
    TEXT(recorded_at) TEXT(verified_by) TEXT(verified_at) TEXT(discarded_by) TEXT(discarded_at) TEXT(discard_reason) TEXT(other_lot_reason)
RECORD(record_weighing, RECORD_WEIGHING_FIELDS)

#define RECORD_LINE_FIELDS(INTEGER, TEXT) \
    INTEGER(rank) TEXT(number) TEXT(what) TEXT(detail) TEXT(unit) INTEGER(quantity) INTEGER(used) TEXT(person) TEXT(at) TEXT(verified_by) TEXT(verified_at)
RECORD(record_line, RECORD_LINE_FIELDS)

/* A step as the formula asks for it, and as it was recorded: record is the step_record's id. */
#define RECORD_STEP_FIELDS(INTEGER, TEXT) \
    INTEGER(rank) TEXT(title) TEXT(instruction) TEXT(entries) INTEGER(record) TEXT(remarks) TEXT(person) TEXT(at)
RECORD(record_step, RECORD_STEP_FIELDS)

/* `former`: the figure of the edition before, where it was reconciled again. */
#define RECORD_RECONCILIATION_FIELDS(INTEGER, TEXT) \
    TEXT(kind) TEXT(name) TEXT(value) TEXT(former) TEXT(unit) TEXT(formula) TEXT(limit_text) INTEGER(within) TEXT(person) TEXT(at)
RECORD(record_reconciliation, RECORD_RECONCILIATION_FIELDS)

#define RECORD_LABELS_FIELDS(INTEGER, TEXT) \
    TEXT(kind) INTEGER(after_decision) INTEGER(printed) INTEGER(applied) INTEGER(specimen) INTEGER(spoiled) INTEGER(destroyed)
RECORD(record_labels, RECORD_LABELS_FIELDS)

#define RECORD_RESULT_FIELDS(INTEGER, TEXT) \
    TEXT(code) TEXT(name) TEXT(kind) TEXT(method) TEXT(reference) TEXT(specification) TEXT(limit_text) TEXT(unit) TEXT(due) \
    TEXT(justification) INTEGER(result) TEXT(number) TEXT(state) INTEGER(stage) TEXT(stated) TEXT(verdict) TEXT(computation) \
    TEXT(laboratory) TEXT(reference_standard) TEXT(analysed_on) TEXT(entered_by) TEXT(closed_at) TEXT(verified_by) TEXT(verified_at) TEXT(reason) TEXT(invalidated_by) \
    TEXT(invalidated_at) TEXT(deviation) TEXT(chromatographic_column) TEXT(standard_expiry) TEXT(suitability) TEXT(analyst) TEXT(equipment) \
    TEXT(laboratory_order)
RECORD(record_result, RECORD_RESULT_FIELDS)

#define RECORD_VALUE_FIELDS(INTEGER, TEXT) TEXT(series) INTEGER(rank) TEXT(value) TEXT(unit) INTEGER(result)
RECORD(record_value, RECORD_VALUE_FIELDS)

#define RECORD_DECISION_FIELDS(INTEGER, TEXT) \
    TEXT(kind) TEXT(meaning) TEXT(reason) TEXT(person) TEXT(identifier) TEXT(at) INTEGER(sequence) TEXT(head) TEXT(exceptions)
RECORD(record_decision, RECORD_DECISION_FIELDS)

#define RECORD_DEVIATION_FIELDS(INTEGER, TEXT) \
    TEXT(number) TEXT(subject) TEXT(class) TEXT(description) TEXT(opened_by) TEXT(opened_at) TEXT(state) TEXT(decision) TEXT(impact) \
    TEXT(decided_by) TEXT(decided_at)
RECORD(record_deviation, RECORD_DEVIATION_FIELDS)

/* A check of a balance that a weighing of the batch relied on: masses in nanograms. */
#define RECORD_CHECK_FIELDS(INTEGER, TEXT) \
    TEXT(balance) INTEGER(readability) INTEGER(weight) INTEGER(reading) INTEGER(tolerance) INTEGER(conforms) TEXT(person) TEXT(at) \
    TEXT(form) TEXT(day)
RECORD(record_check, RECORD_CHECK_FIELDS)

/* A certificate of analysis as it was signed; drawn_from and head are the state that the signature covers. */
#define RECORD_CERTIFICATE_FIELDS(INTEGER, TEXT) \
    TEXT(number) INTEGER(issue) TEXT(meaning) TEXT(person) TEXT(identifier) TEXT(at) INTEGER(drawn_from) TEXT(head)
RECORD(record_certificate, RECORD_CERTIFICATE_FIELDS)

#define RECORD_DISPENSING_FIELDS(INTEGER, TEXT) \
    TEXT(number) TEXT(pseudonym) INTEGER(units) TEXT(bottles) TEXT(state) TEXT(confirmed_by) TEXT(confirmed_at) TEXT(handed_over_by) \
    TEXT(handed_over_at)
RECORD(record_dispensing, RECORD_DISPENSING_FIELDS)

extern const query RECORD_REQUESTS, RECORD_PEOPLE, RECORD_COMPONENTS, RECORD_WEIGHINGS, RECORD_ISSUES, RECORD_CLEARANCES, RECORD_STEPS;
extern const query RECORD_LOSSES, RECORD_RECONCILIATIONS, RECORD_LABEL_COUNTS, RECORD_BOTTLES, RECORD_RESULTS;
extern const query RECORD_DECISIONS, RECORD_DEVIATIONS, RECORD_DESTRUCTIONS, RECORD_CHECKS, RECORD_CERTIFICATES, RECORD_DISPENSINGS;
extern const query RECORD_ACTS; /* record_line: number is the act (fill, package), who did it and when */
extern const query RECORD_JOURNAL; /* record_line: every entry about the batch, what is in it and who was served: rank is the sequence, number the act, what its things */
extern const query RECORD_VALUES; /* record_value.result -> all values of a result */

#endif
