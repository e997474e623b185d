#include "magistral/act/papers.h"

#include <string.h>

#include "magistral/act/amendments.h"
#include "magistral/act/emergencies.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/day.h"
#include "magistral/base/json.h"
#include "magistral/base/typography.h"
#include "magistral/domain/quantity.h"
#include "magistral/domain/wording.h"
#include "magistral/store/result.h"

ending papers_load(call *call, const char *field, const char *number, paper *ret_paper)
{
    bool found = false;
    TRY(store_find(call->store, &BATCH_BY_NUMBER, (&(batch){.number = number}), call->arena, &ret_paper->batch, &found));
    if (!found)
        return call_refuse(call, "PAPER-01", field, "batch", number, NULL);
    TRY(store_find(call->store, &FORMULA_VERSION_BY_ID, (&(formula_version){.id = ret_paper->batch.version}), call->arena, &ret_paper->version, &found));
    TRY(store_find(call->store, &FORMULA_BY_ID, (&(formula){.id = ret_paper->version.formula}), call->arena, &ret_paper->formula, &found));
    ret_paper->key = (record_key){.id = ret_paper->batch.id, .number = ret_paper->batch.number};
    TRY(store_list(call->store, &LATE_ENTRIES_OF, (&(late_entry){.batch = ret_paper->batch.id}), call->arena, &ret_paper->late_entries, &ret_paper->late_count));
    return amendments_of(call, ret_paper->batch.id, &ret_paper->amendments, &ret_paper->amendment_count);
}

const char *papers_day_of(const call *call, const char *instant)
{
    char local[20];
    return arena_copy(call->arena, instant_local_text(instant, call->zone, local) ? local : instant, 10);
}

/* Two lots of one material are one component. */
static bool is_repeated(const record_component *rows, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (strcmp(rows[i].material, rows[at].material) == 0)
            return true;
    return false;
}

static const char *amount_words(const call *call, const paper *paper, const record_component *row)
{
    BUFFER_SCOPE buffer mass = BUFFER_EMPTY;
    typography_add_number(&mass, call->site_language, mass_text(call->arena, (struct mass){paper->version.content_mass}, "mg", 0), "mg");
    refusal_value values[] = {{"material", row->material}, {"mass", buffer_text(&mass)}};
    if (row->assay)
        return arena_format(call->arena, "%s %s", row->material, paper->version.strength);
    return catalogue_fill(call->arena, call->site_language, "paper.quantum-satis", values, 2);
}

/* "Birabresib 20 mg; cellulose q.s.p. 200 mg" and beside it the shells, from the materials really used. */
static ending composition(call *call, const paper *paper, answer *product)
{
    record_component *rows = NULL;
    size_t count = 0;
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    BUFFER_SCOPE buffer shells = BUFFER_EMPTY;
    TRY(store_list(call->store, &RECORD_COMPONENTS, &paper->key, call->arena, &rows, &count));
    for (size_t i = 0; i < count; i++) {
        bool shell = strcmp(rows[i].kind, "capsule-shell") == 0;
        buffer *to = shell ? &shells : &text;
        if (is_repeated(rows, i) || strcmp(rows[i].kind, "packaging-article") == 0)
            continue;
        buffer_add_format(to, "%s%s", to->length ? typography_semicolon(call->site_language) : "", shell ? rows[i].material : amount_words(call, paper, &rows[i]));
    }
    put_text(product, "composition", buffer_text(&text));
    put_text(product, "shells", shells.length ? buffer_text(&shells) : NULL);
    return DONE;
}

ending papers_put_product(call *call, const paper *paper, answer *record)
{
    answer *product = put_object(record, "product");
    put_text(product, "name", paper->version.product);
    put_text(product, "strength", paper->version.strength);
    put_text(product, "form", paper->version.form);
    TRY(composition(call, paper, product));
    answer *formula = put_object(record, "formula");
    put_text(formula, "name", paper->formula.name);
    put_count(formula, "version", paper->version.version);
    put_text(formula, "legal_basis", paper->version.legal_basis);
    put_day(formula, "approved", paper->version.approved_at ? papers_day_of(call, paper->version.approved_at) : NULL);
    emergency_line emergency = {0};
    TRY(emergencies_of_batch(call, paper->batch.id, &emergency));
    put_text(formula, "emergency", emergency.id ? emergencies_words(call, call->site_language, &emergency) : NULL);
    put_text(formula, "emergency_risk", emergency.risk_evaluation);
    return DONE;
}

ending papers_put_number(call *call, const drawing *drawing, answer *record, const char *name)
{
    document replaced = {0};
    bool found = false;
    if (drawing->row.replaces != ABSENT)
        TRY(store_find(call->store, &DOCUMENT_BY_ID, (&(document){.id = drawing->row.replaces}), call->arena, &replaced, &found));
    answer *object = put_object(record, name);
    put_text(object, "number", drawing->row.number);
    put_count(object, "issue", drawing->row.issue);
    put_instant(object, "issued", drawing->row.issued_at);
    put_text(object, "replaces", found ? replaced.number : NULL);
    put_text(object, "replaced_by", NULL);
    return DONE;
}

ending papers_role(call *call, const char *identifier, const char *at, const char **ret_role)
{
    habilitation_line *lines = NULL;
    size_t count = 0;
    habilitation_line wanted = {.identifier = identifier, .day = papers_day_of(call, at)};
    TRY(store_list(call->store, &HABILITATION_LINES, &wanted, call->arena, &lines, &count));
    *ret_role = count > 0 ? lines[count - 1].role : "";
    return DONE;
}

ending papers_put_signature(call *call, answer *record, const char *meaning, const char *identifier, const char *at, const char *head)
{
    person person = {0};
    bool found = false;
    const char *role = NULL;
    TRY(store_find(call->store, &PERSON_BY_IDENTIFIER, (&(struct person){.identifier = identifier}), call->arena, &person, &found));
    TRY(papers_role(call, identifier, at, &role));
    answer *signature = put_object(record, "signature");
    put_text(signature, "meaning", meaning);
    put_text(signature, "person", person.name);
    put_text(signature, "role", catalogue_word(call->site_language, "role.", role));
    put_instant(signature, "at", at);
    put_text(signature, "head", head);
    return DONE;
}

ending papers_pending(call *call, const paper *paper, const record_result *row, const char **ret_words)
{
    periodic since = {0}, wanted = {.batch = paper->batch.id, .code = row->code};
    bool found = false, is_periodic = strcmp(row->due, "periodic") == 0 && row->result == ABSENT;
    if (is_periodic)
        TRY(store_find(call->store, &PERIODIC_SINCE, &wanted, call->arena, &since, &found));
    refusal_value last[] = {{"last", since.last}};
    *ret_words = !is_periodic  ? catalogue_word(call->site_language, "control.", "under-way")
                 : !since.last ? catalogue_word(call->site_language, "control.", "not-done-periodic")
                               : catalogue_fill(call->arena, call->site_language, "control.not-done-last", last, 1);
    return DONE;
}

const char *papers_specification(call *call, const record_result *row)
{
    control_kind kind;
    if (!control_kind_parse(row->kind, &kind) || wording_says_limit(row->specification, kind, row->limit_text))
        return row->specification;
    refusal_value values[] = {{"specification", row->specification}, {"limit", control_limit(kind, row->limit_text)}};
    return catalogue_fill(call->arena, call->site_language, "control.judged-limit", values, 2);
}

/* The exceptions that the decision's signature covers, as they were reviewed: never gathered again. */
ending papers_put_exceptions(call *call, const record_decision *decision, answer *record)
{
    answer *reviewed = NULL, *list = put_list(record, "exceptions");
    TRY(json_read(decision->exceptions, strlen(decision->exceptions), call->arena, call->outcome, &reviewed));
    for (const answer *exception = reviewed->first; exception; exception = exception->next) {
        answer *line = add_object(list);
        put_text(line, "number", answer_find_text(exception, "link"));
        put_text(line, "what", catalogue_word(call->site_language, "state.", answer_find_text(exception, "kind")));
        put_text(line, "finding", answer_find_text(exception, "description"));
    }
    return DONE;
}

void papers_put_late(const call *call, const paper *paper, const char *at, const char *second_at, answer *line)
{
    BUFFER_SCOPE buffer late = BUFFER_EMPTY;
    for (size_t i = 0; i < paper->late_count; i++) {
        const late_entry_line *entry = &paper->late_entries[i];
        if (text_equal(entry->entered_at, at) || text_equal(entry->entered_at, second_at))
            buffer_add_format(&late, "%s%s", late.length ? ", " : "", entry->number);
    }
    put_text(line, "late", late.length ? arena_text(call->arena, buffer_text(&late)) : NULL);
}
