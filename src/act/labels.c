/* Rule: CSP R.5121-146-2, R.5132-15 (dispensing); BPP 5.08, 5.30, 5.51, 6.33, 6.67. */
#include "label_parts.h"

#include <string.h>

#include "magistral/act/batches.h"
#include "magistral/act/lots.h"
#include "magistral/act/papers.h"
#include "magistral/act/weighings.h"
#include "magistral/base/catalogue.h"
#include "magistral/base/day.h"
#include "magistral/base/typography.h"
#include "magistral/domain/quantity.h"
#include "magistral/store/batch.h"
#include "magistral/store/dispensing.h"
#include "magistral/store/formula.h"
#include "magistral/store/lot.h"
#include "magistral/store/material.h"
#include "magistral/store/request.h"

const char *labels_layout(const char *kind)
{
    static const char *const layouts[][2] = {{"container", "material_label"}, {"sample", "sample_label"}, {"retained-sample", "retained_label"},
                                             {"bottle", "bottle_label"},      {"dispensing", "dispensing_label"},
                                             {"intermediate", "intermediate_label"}};
    for (size_t i = 0; i < sizeof layouts / sizeof *layouts; i++)
        if (strcmp(layouts[i][0], kind) == 0)
            return layouts[i][1];
    return NULL;
}

static ending missing(call *call, const char *field, const char *kind, const char *number)
{
    return call_refuse(call, "LABEL-01", field, "kind", call_word(call, "kind.", kind), "number", number, NULL);
}

static ending load_batch(call *call, int64_t id, subject *s)
{
    bool found = false;
    TRY(store_find(call->store, &BATCH_BY_ID, (&(batch){.id = id}), call->arena, &s->batch, &found));
    if (found)
        TRY(batches_state(call, id, &s->batch.state)); /* a label says what is so today: expired, on hold */
    if (found)
        TRY(store_find(call->store, &FORMULA_VERSION_BY_ID, (&(formula_version){.id = s->batch.version}), call->arena, &s->version, &found));
    return found ? DONE : fail(call->outcome, "batch %lld is not there", (long long)id);
}

static ending load_container(call *call, const char *number, subject *s)
{
    bool found = false;
    TRY(store_find(call->store, &CONTAINER_BY_NUMBER, (&(container){.number = number}), call->arena, &s->container, &found));
    if (!found)
        return missing(call, s->field, "container", number);
    TRY(store_find(call->store, &LOT_BY_ID, (&(lot){.id = s->container.lot}), call->arena, &s->lot, &found));
    TRY(store_find(call->store, &MATERIAL_BY_ID, (&(material){.id = s->lot.material}), call->arena, &s->material, &found));
    TRY(store_find(call->store, &SUPPLIER_BY_ID, (&(supplier){.id = s->lot.supplier}), call->arena, &s->supplier, &found));
    if (s->lot.decided_by != ABSENT)
        TRY(store_find(call->store, &PERSON_BY_ID, (&(person){.id = s->lot.decided_by}), call->arena, &s->decided_by, &found));
    return DONE;
}

/* The portion that a weighing took out of its container: it is labelled once it was recorded (BPP 5.51). */
static ending load_portion(call *call, const char *number, subject *s)
{
    weighing wanted = {0};
    weighing_line *lines = NULL;
    size_t count = 0;
    bool found = false;
    TRY(store_find(call->store, &WEIGHING_BY_NUMBER, (&(weighing){.number = number}), call->arena, &wanted, &found));
    if (!found)
        return missing(call, s->field, "weighing", number);
    TRY(load_batch(call, wanted.batch, s));
    TRY(store_list(call->store, &WEIGHINGS_OF, &wanted, call->arena, &lines, &count));
    for (size_t i = 0; i < count; i++)
        if (lines[i].id == wanted.id)
            s->weighing = lines[i];
    if (s->weighing.recorded_by != ABSENT)
        TRY(store_find(call->store, &PERSON_BY_ID, (&(person){.id = s->weighing.recorded_by}), call->arena, &s->recorded_by, &found));
    if (s->weighing.verified_by != ABSENT)
        TRY(store_find(call->store, &PERSON_BY_ID, (&(person){.id = s->weighing.verified_by}), call->arena, &s->verified_by, &found));
    return DONE;
}

static ending load(call *call, const char *kind, const char *number, subject *s)
{
    bool found = false;
    if (strcmp(kind, "container") == 0)
        return load_container(call, number, s);
    if (strcmp(kind, "intermediate") == 0)
        return load_portion(call, number, s);
    if (strcmp(kind, "bottle") == 0) {
        TRY(store_find(call->store, &BOTTLE_BY_NUMBER, (&(bottle){.number = number}), call->arena, &s->bottle, &found));
        return found ? load_batch(call, s->bottle.batch, s) : missing(call, s->field, kind, number);
    }
    if (strcmp(kind, "dispensing") == 0) {
        TRY(store_find(call->store, &DISPENSING_BY_NUMBER, (&(dispensing){.number = number}), call->arena, &s->dispensing, &found));
        if (!found)
            return missing(call, s->field, kind, number);
        TRY(store_find(call->store, &REQUEST_BY_ID, (&(request){.id = s->dispensing.request}), call->arena, &s->request, &found));
        return load_batch(call, s->dispensing.batch, s);
    }
    TRY(store_find(call->store, &SAMPLE_BY_NUMBER, (&(sample){.number = number}), call->arena, &s->sample, &found));
    if (!found)
        return missing(call, s->field, "sample", number);
    TRY(store_find(call->store, &PERSON_BY_ID, (&(person){.id = s->sample.person}), call->arena, &s->taken_by, &found));
    return load_batch(call, s->sample.batch, s);
}

static const char *units_words(const call *call, int64_t units)
{
    refusal_value values[] = {{"units", arena_format(call->arena, "%lld", (long long)units)}};
    return catalogue_fill(call->arena, call->site_language, "label.units", values, 1);
}

static ending stock_of(call *call, const subject *s, const char **ret_quantity, const char **ret_unit)
{
    int64_t stock = 0;
    TRY(container_stock(call, s->container.id, &stock));
    bool counted = strcmp(s->material.unit, "count") == 0;
    *ret_unit = counted ? NULL : "g";
    *ret_quantity = counted ? arena_format(call->arena, "%lld", (long long)stock) : mass_text(call->arena, (mass){stock}, "g", 4);
    return DONE;
}

static ending fill_container(call *call, const subject *s, answer *record)
{
    const char *quantity = NULL, *unit = NULL;
    TRY(stock_of(call, s, &quantity, &unit));
    answer *material = put_object(record, "material");
    put_text(material, "name", s->material.name);
    put_text(material, "cas", s->material.cas);
    answer *lot = put_object(record, "lot");
    put_text(lot, "number", s->lot.number);
    put_text(lot, "supplier_lot", s->lot.supplier_lot);
    put_text(lot, "supplier", s->supplier.name);
    put_text(lot, "manufacturer", s->lot.manufacturer);
    put_state(lot, "state", s->lot.state);
    put_day(lot, "decided_on", s->lot.decided_at ? papers_day_of(call, s->lot.decided_at) : NULL);
    put_text(lot, "decided_by", s->decided_by.name);
    put_day(lot, "expiry", text_equal(s->lot.limit_kind, "expiry") ? s->lot.limit_day : NULL);
    put_day(lot, "retest", text_equal(s->lot.limit_kind, "retest") ? s->lot.limit_day : NULL);
    put_text(lot, "storage", s->material.storage ? s->material.storage : "");
    put_text(lot, "hazards", s->material.hazard);
    answer *container = put_object(record, "container");
    put_count(container, "number", s->container.rank);
    put_count(container, "of", s->container.containers);
    put_decimal(container, "quantity", quantity, unit);
    put_day(container, "opened", s->container.opened_on);
    put_day(container, "end_of_use", s->container.end_of_use);
    return DONE;
}

/* What waits for its second person says so: no step uses a portion that is not verified. */
static const char *portion_state(const subject *s)
{
    return strcmp(s->weighing.state, "verified") == 0 ? "verified" : "to-be-verified";
}

static void fill_portion(const call *call, const subject *s, answer *record)
{
    const weighing_line *w = &s->weighing;
    int places = weighings_places(w->readability);
    answer *container = put_object(record, "container");
    put_text(container, "name", w->number);
    put_text(container, "content", w->material_name);
    put_text(container, "lot", w->lot_number);
    put_text(container, "batch", s->batch.number);
    put_decimal(container, "gross", mass_text(call->arena, (mass){w->gross}, "g", places), "g");
    put_decimal(container, "tare", mass_text(call->arena, (mass){w->tare}, "g", places), "g");
    put_decimal(container, "net", mass_text(call->arena, (mass){w->net}, "g", places), "g");
    put_state(container, "state", portion_state(s));
    put_instant(container, "closed_on", w->recorded_at);
    put_text(container, "closed_by", s->recorded_by.name);
    put_instant(container, "verified_on", w->verified_at);
    put_text(container, "verified_by", s->verified_by.name);
}

static const char *product_words(const call *call, const subject *s)
{
    return arena_format(call->arena, "%s %s %s", s->version.product, s->version.strength, s->version.form);
}

void label_fill_sample(const call *call, const subject *s, answer *record, bool retained)
{
    answer *sample = put_object(record, "sample");
    put_text(sample, retained ? "register_number" : "number", s->sample.number);
    put_text(sample, "name", product_words(call, s));
    put_text(sample, "lot", s->batch.number);
    put_text(sample, "quantity", units_words(call, s->sample.units - s->sample.used));
    put_day(sample, "taken_on", papers_day_of(call, s->sample.at));
    if (!retained) {
        put_text(sample, "taken_by", s->taken_by.name);
        put_text(sample, "destination", s->sample.destinations);
    }
    put_day(sample, "expiry", s->batch.expiry);
    if (retained) /* one year after the expiry: BPP 6.67 */
        put_day(sample, "keep_until", s->batch.expiry ? day_years_after(call->arena, s->batch.expiry, 1) : NULL);
    put_text(sample, "storage", s->version.storage);
}

static void put_product(const subject *s, answer *record)
{
    answer *product = put_object(record, "product");
    put_text(product, "name", s->version.product);
    put_text(product, "strength", s->version.strength);
    put_text(product, "form", s->version.form);
}

void label_fill_bottle(const subject *s, answer *record)
{
    put_product(s, record);
    answer *batch = put_object(record, "batch");
    put_text(batch, "number", s->batch.number);
    put_state(batch, "state", s->batch.state);
    put_day(batch, "made", s->batch.made_on);
    put_day(batch, "expiry", s->batch.expiry);
    put_text(batch, "storage", s->version.storage);
    answer *bottle = put_object(record, "bottle");
    put_count(bottle, "number", s->bottle.rank);
    put_count(bottle, "of", s->bottle.bottles);
    put_count(bottle, "units", s->bottle.units);
}

ending labels_copies(call *call, const char *field, const char *kind, const char *number, size_t *ret_copies)
{
    *ret_copies = 1;
    if (strcmp(kind, "dispensing") != 0)
        return DONE;
    dispensing dispensing = {0};
    taken_bottle *bottles = NULL;
    bool found = false;
    TRY(store_find(call->store, &DISPENSING_BY_NUMBER, (&(struct dispensing){.number = number}), call->arena, &dispensing, &found));
    if (!found)
        return missing(call, field, kind, number);
    return store_list(call->store, &BOTTLES_OF_DISPENSING, (&(taken_bottle){.dispensing = dispensing.id}), call->arena, &bottles, ret_copies);
}

const char *label_content(const call *call, int64_t units, const char *bottle, size_t count)
{
    refusal_value values[] = {{"units", arena_format(call->arena, "%lld", (long long)units)}, {"bottle", bottle},
                              {"count", arena_format(call->arena, "%zu", count)}};
    return catalogue_fill(call->arena, call->site_language, count > 1 ? "label.bottle-of-several" : "label.bottle-units", values, 3);
}

static ending content_words(call *call, const subject *s, size_t copy, const char **ret_words)
{
    taken_bottle *bottles = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &BOTTLES_OF_DISPENSING, (&(taken_bottle){.dispensing = s->dispensing.id}), call->arena, &bottles, &count));
    if (copy >= count)
        return fail(call->outcome, "dispensing %s has no bottle %zu", s->dispensing.number, copy + 1);
    *ret_words = label_content(call, bottles[copy].units, bottles[copy].number, count);
    return DONE;
}

/* The mention is printed once: a formula's own sentences may hold it already. */
static bool says_children(const call *call, const char *warnings)
{
    const char *mention = catalogue_word(call->site_language, "label.", "children");
    return warnings && strcasestr(warnings, mention);
}

/* A formula writes one sentence a line; a label has no room for lines. */
static const char *one_line(const call *call, const char *text)
{
    char *line = text ? arena_text(call->arena, text) : NULL;
    for (char *p = line; p && *p; p++)
        *p = *p == '\n' ? ' ' : *p;
    return line;
}

void label_fill_dispensing(const call *call, const subject *s, const char *content, answer *record)
{
    put_truth(record, "preprinted_red", false);
    answer *product = put_object(record, "product");
    put_text(product, "name", s->version.product);
    put_text(product, "strength", s->version.strength);
    put_text(product, "form", s->version.form);
    put_text(product, "recipients", s->version.recipients);
    put_text(product, "composition", arena_format(call->arena, "%s %s", s->version.product, s->version.strength));
    put_text(product, "content", content);
    put_text(product, "route", s->version.route);
    put_text(product, "excipients", s->version.known_effects);
    put_text(product, "instructions", one_line(call, s->version.label_warnings));
    put_truth(product, "children_mention", !says_children(call, s->version.label_warnings));
    put_state(product, "poison_list", strcmp(s->version.list, "I") == 0 ? "list-1" : strcmp(s->version.list, "II") == 0 ? "list-2" : "none");
    answer *batch = put_object(record, "batch");
    put_text(batch, "number", s->batch.number);
    put_text(batch, "registration", s->batch.registration);
    put_day(batch, "expiry", s->batch.expiry);
    put_text(batch, "storage", s->version.storage);
    answer *dispensing = put_object(record, "dispensing");
    put_text(dispensing, "ordonnancier", s->dispensing.number);
    put_day(dispensing, "date", call->today);
    put_text(dispensing, "posology", s->request.posology);
    put_text(dispensing, "prescriber", s->request.prescriber);
    put_text(dispensing, "patient", NULL);
}

ending labels_fill(call *call, const char *field, const char *kind, const char *number, size_t copy, answer *record)
{
    subject s = {.field = field};
    const char *content = NULL;
    TRY(load(call, kind, number, &s));
    if (strcmp(kind, "container") == 0)
        return fill_container(call, &s, record);
    if (strcmp(kind, "intermediate") == 0) {
        fill_portion(call, &s, record);
        return DONE;
    }
    if (strcmp(kind, "bottle") == 0)
        label_fill_bottle(&s, record);
    else if (strcmp(kind, "dispensing") == 0)
        TRY(content_words(call, &s, copy, &content));
    if (content)
        label_fill_dispensing(call, &s, content, record);
    else if (strcmp(kind, "bottle") != 0)
        label_fill_sample(call, &s, record, strcmp(kind, "retained-sample") == 0);
    return DONE;
}

/* A bottle that has left, is destroyed, empty or lost takes no label, nor one that a second person has not counted: a genuine one would be free to stick on anything. */
static ending check_still_here(call *call, const subject *s, const char *number)
{
    taken_bottle *bottles = NULL;
    size_t count = 0;
    TRY(store_list(call->store, &BOTTLES_OF_BATCH, (&(taken_bottle){.batch = s->batch.id}), call->arena, &bottles, &count));
    for (size_t i = 0; i < count; i++) {
        if (strcmp(bottles[i].number, number) != 0)
            continue;
        if (bottles[i].destroyed)
            return call_refuse(call, "LABEL-11", "number", "number", number, NULL);
        if (bottles[i].ended)
            return call_refuse(call, "LABEL-14", "number", "number", number, "state", call_state(call, "bottle", bottles[i].ended), NULL);
        if (bottles[i].unverified)
            return call_refuse(call, "LABEL-15", "number", "number", number, NULL);
        dispensing holder = {0};
        bool held = false;
        if (bottles[i].dispensing != ABSENT)
            TRY(store_find(call->store, &DISPENSING_BY_NUMBER, (&(dispensing){.number = bottles[i].taken_by}), call->arena, &holder, &held));
        if (held && strcmp(holder.state, "handed-over") == 0)
            return call_refuse(call, "LABEL-10", "number", "number", number, "dispensing", holder.number, NULL);
    }
    return DONE;
}

ending labels_about(call *call, const char *kind, const char *number, const char **ret_state, int64_t *ret_batch)
{
    subject s = {.field = "number"};
    TRY(load(call, kind, number, &s));
    /* A label of a portion counts among those of its batch: BPP 5.59 leaves out none that bears the batch's number. */
    bool counted = strcmp(kind, "container") != 0 && strcmp(kind, "dispensing") != 0;
    *ret_batch = counted ? s.batch.id : ABSENT;
    *ret_state = strcmp(kind, "container") == 0 ? s.lot.state : strcmp(kind, "dispensing") == 0 ? s.dispensing.state : s.batch.state;
    if (strcmp(kind, "intermediate") == 0) {
        *ret_state = portion_state(&s);
        if (strcmp(s.weighing.state, "recorded") != 0 && strcmp(s.weighing.state, "verified") != 0)
            return call_refuse(call, "LABEL-09", "number", "number", number, "state", call_word(call, "state.", s.weighing.state), NULL);
    }
    if (strcmp(kind, "bottle") == 0)
        TRY(check_still_here(call, &s, number));
    if (strcmp(kind, "dispensing") == 0 && strcmp(s.dispensing.state, "confirmed") != 0)
        return call_refuse(call, "LABEL-02", "number", "number", number, "state", call_state(call, "dispensing", s.dispensing.state), NULL);
    if (strcmp(kind, "retained-sample") == 0 && strcmp(s.sample.purpose, "reserve") != 0)
        return call_refuse(call, "LABEL-03", "number", "number", number, NULL);
    return DONE;
}
