#ifndef MAGISTRAL_ACT_PAPERS_H
#define MAGISTRAL_ACT_PAPERS_H

#include "magistral/act/documents.h"
#include "magistral/store/amendment.h"
#include "magistral/store/batch.h"
#include "magistral/store/batch_record.h"
#include "magistral/domain/control.h"
#include "magistral/store/formula.h"
#include "magistral/store/late_entry.h"

/* What the papers about a batch have in common. */
typedef struct paper {
    batch batch;
    formula_version version;
    formula formula;
    record_key key;
    amendment_line *amendments; /* of the batch, in order */
    size_t amendment_count;
    late_entry_line *late_entries; /* of the batch, in order */
    size_t late_count;
} paper;

/* Loads a batch with its formula; refused (PAPER-01) when there is no such batch. */
ending papers_load(call *call, const char *field, const char *number, paper *ret_paper) MUST_CHECK;

/* Marks a line whose entry, or its verification, was made late by the numbers of the late entries: "late"; NULL of any other. The instants are
 * those of the journal, NULL for none. Rule: BPP 4.39. */
void papers_put_late(const call *call, const paper *paper, const char *at, const char *second_at, answer *line);

/* Fills product.{name strength form composition shells} and formula.{name version approved} of a record. */
ending papers_put_product(call *call, const paper *paper, answer *record) MUST_CHECK;

/* The day that the site's clock showed at an instant: shortly after midnight it is not the day of UTC. */
const char *papers_day_of(const call *call, const char *instant);

/* Fills certificate.{number issue issued replaces replaced_by}, or another object of that name. */
ending papers_put_number(call *call, const drawing *drawing, answer *record, const char *name) MUST_CHECK;

/* Puts the signature of a person: meaning, person, role, at, head (SEQUENCE:HEAD of the journal that it covers). */
ending papers_put_signature(call *call, answer *record, const char *meaning, const char *identifier, const char *at, const char *head) MUST_CHECK;

/* The role that a person held on the day of an instant, as a word; "" when none. */
ending papers_role(call *call, const char *identifier, const char *at, const char **ret_role) MUST_CHECK;

/* What stands for the result of a control without verdict: under way, or not done (periodic) with the last batch that had it. */
ending papers_pending(call *call, const paper *paper, const record_result *row, const char **ret_words) MUST_CHECK;

/* Fills exceptions[]: {number what finding}, as the decision's signature covers them. */
ending papers_put_exceptions(call *call, const record_decision *decision, answer *record) MUST_CHECK;

/* The specification as printed, with the limit that judges behind it where its words do not say it beyond doubt. */
const char *papers_specification(call *call, const record_result *row);

/* Judges the first units of a staged test again, as they were judged before its second stage: they stay. `ret_first` may hold
 * nothing (computation NULL) when the result has one stage only. */
ending papers_first_stage(call *call, const paper *paper, const record_result *row, control_judged *ret_first, const char **ret_stated) MUST_CHECK;

/* Fills the record of a paper of a kind ("batch-record"), by one of the fillers below. */
ending papers_fill(call *call, const char *kind, const paper *paper, drawing *drawing, answer *record) MUST_CHECK;

/* Fillers: each puts everything that its layout needs into the record. */
/* `meaning` NULL leaves the signature out: a preview. */
ending certificate_fill(call *call, const paper *paper, drawing *drawing, answer *record, const char *meaning) MUST_CHECK;
ending release_certificate_fill(call *call, const paper *paper, drawing *drawing, answer *record) MUST_CHECK;
ending batch_record_fill(call *call, const paper *paper, drawing *drawing, answer *record) MUST_CHECK;
ending batch_record_fill_weighings(call *call, const paper *paper, answer *record) MUST_CHECK;
ending batch_record_fill_control(call *call, const paper *paper, answer *record) MUST_CHECK;
ending cost_sheet_fill(call *call, const paper *paper, drawing *drawing, answer *record) MUST_CHECK;
/* What a page of the register is of: its book and period, "dispensing 2026-01-01/2026-12-31". Refuses a book not named (CALL-03), a period that
 * ends before it starts (AUDIT-02). */
ending register_page_subject(call *call, const char **ret_subject) MUST_CHECK;
ending register_page_fill(call *call, drawing *drawing, answer *record) MUST_CHECK;

#endif
