/* Adds an expected control with its specification and when it is due: the verdict of a batch is made against these, so that
 * an empty record never passes. Rule: BPP 6.05 to 6.10, 6.60 to 6.63, 6.73 to 6.76. */
#include <string.h>

#include "magistral/act/formulas.h"
#include "magistral/domain/wording.h"

static const input_definition inputs[] = {
    {"version", INPUT_NUMBER, 0, "formula", "BIR20/1"},
    {"control", INPUT_NUMBER, 0, NULL, "ASSAY"},
    {"name", INPUT_TEXT, 0, NULL, "Teneur en birabresib"},
    {"kind", INPUT_CHOICE, 0,
     "conformity|measurement|mass-uniformity|dosage-units|disintegration|microbial-count|microbial-absence", "measurement"},
    {"method", INPUT_TEXT, 0, NULL, "CLHP-UV, MO-CQ-012 v3"},
    {"reference", INPUT_TEXT, INPUT_OPTIONAL, NULL, "Ph. Eur. 2.2.29"},
    {"specification", INPUT_TEXT, 0, NULL, "95,0 à 105,0 % de la teneur annoncée"},
    {"limit", INPUT_TEXT, INPUT_OPTIONAL, NULL, "95.0 to 105.0"},
    {"unit", INPUT_TEXT, INPUT_OPTIONAL, NULL, "%"},
    {"replicates", INPUT_COUNT, INPUT_OPTIONAL, NULL, "2"},
    {"units", INPUT_COUNT, INPUT_OPTIONAL, NULL, "10"},
    {"shares", INPUT_NUMBER, INPUT_OPTIONAL, NULL, "MASS"},
    {"due", INPUT_CHOICE, 0, "in-process|before-release|periodic|after-release", "before-release"},
    {"every-batches", INPUT_COUNT, INPUT_OPTIONAL, NULL, "10"},
    {"within-days", INPUT_COUNT, INPUT_OPTIONAL, NULL, "28"},
    {"needs-equipment", INPUT_TRUTH, INPUT_OPTIONAL, NULL, "yes"},
    {"needs-standard", INPUT_TRUTH, INPUT_OPTIONAL, NULL, "yes"},
    {"justification", INPUT_TEXT, INPUT_OPTIONAL, NULL, "Flux laminaire contrôlé chaque trimestre"},
    {0},
};

enum { MOST_DAYS = 365 };

/* Units that a pharmacopoeial test takes: Ph. Eur. 2.9.5 twenty, 2.9.40 ten at its first stage, 2.9.1 six; 0 for any. */
static int64_t replicates_of(const char *kind)
{
    if (strcmp(kind, "mass-uniformity") == 0)
        return 20;
    if (strcmp(kind, "dosage-units") == 0)
        return 10;
    return strcmp(kind, "disintegration") == 0 ? 6 : 0;
}

static void check_replicates(call *call, int64_t replicates)
{
    int64_t due = replicates_of(call_text(call, "kind"));
    if (due > 0 && replicates != due)
        call_refuse(call, "FORMULA-24", "replicates", "due", arena_format(call->arena, "%lld", (long long)due), NULL);
    if (replicates < 1 || replicates > 100)
        call_refuse(call, "FORMULA-05", "replicates", "value", call_text(call, "replicates"), "least", "1", "most", "100", NULL);
}

/* What is compared with a number needs its limit in a form that this test can judge, and the specification that papers print says the
 * same figures: 95 is not 95.0, which other results meet. Rule: Ph. Eur. General Notices 1; BPP 6.69. */
static void check_limit(call *call)
{
    static const char *const examples[] = {[CONTROL_DOSAGE_UNITS] = "<= 15.0", [CONTROL_DISINTEGRATION] = "<= 30", [CONTROL_MICROBIAL_COUNT] = "10^3"};
    const char *text = call_text(call, "limit"), *specification = call_text(call, "specification");
    control_kind kind;
    if (!control_kind_parse(call_text(call, "kind"), &kind))
        return;
    const char *judged = control_limit(kind, text), *example = (size_t)kind < sizeof examples / sizeof *examples ? examples[kind] : NULL;
    if (!control_judges(kind, text) && (kind == CONTROL_CONFORMITY || kind == CONTROL_MICROBIAL_ABSENCE))
        call_refuse(call, "FORMULA-46", "limit", NULL);
    else if (!control_judges(kind, text))
        call_refuse(call, "FORMULA-25", "limit", "example", example ? example : "95.0 to 105.0", NULL);
    else if (!wording_has_limit(specification, kind, text))
        call_refuse(call, "FORMULA-47", "specification", "specification", specification, "limit", judged, NULL);
}

/* Twenty weighed capsules serve mass, ten of their contents serve content: counted once, with the control that samples. */
static void check_shares(call *call, const formula_content *content)
{
    const char *shares = call_text(call, "shares");
    if (!shares)
        return;
    const formula_control *source = formulas_control(content, shares);
    if (!source || source->shares)
        call_refuse(call, "FORMULA-26", "shares", "control", shares, NULL);
    else if (call_integer_or(call, "units", 0) > source->units)
        call_refuse(call, "FORMULA-27", "units", "control", shares, "units", arena_format(call->arena, "%lld", (long long)source->units), NULL);
}

static void check_due(call *call)
{
    const char *due = call_text(call, "due");
    bool later = strcmp(due, "periodic") == 0 || strcmp(due, "after-release") == 0;
    if (later && !call_has(call, "justification"))
        call_refuse(call, "FORMULA-28", "justification", "due", call_word(call, "state.", due), NULL);
    if ((strcmp(due, "periodic") == 0) != (call_integer_or(call, "every-batches", 0) > 0))
        call_refuse(call, "FORMULA-29", "every-batches", NULL);
    if ((strcmp(due, "after-release") == 0) != (call_integer_or(call, "within-days", 0) > 0))
        call_refuse(call, "FORMULA-45", "within-days", NULL);
    if (call_integer_or(call, "within-days", 0) > MOST_DAYS)
        call_refuse(call, "FORMULA-05", "within-days", "value", call_text(call, "within-days"), "least", "1", "most", "365", NULL);
    if (call_integer_or(call, "units", 0) > 1000)
        call_refuse(call, "FORMULA-05", "units", "value", call_text(call, "units"), "least", "0", "most", "1000", NULL);
}

static ending run(call *call)
{
    formula_version version = {0};
    formula_content content = {0};
    const char *code = call_text(call, "control");
    int64_t replicates = call_integer_or(call, "replicates", 1);
    TRY(formulas_find_draft(call, "version", &version));
    TRY(formulas_read(call, &version, &content));
    if (formulas_control(&content, code))
        call_refuse(call, "FORMULA-23", "control", "code", code, "version", version.number, NULL);
    check_replicates(call, replicates);
    check_limit(call);
    check_shares(call, &content);
    check_due(call);
    TRY(call_ending(call));
    int64_t rank = content.control_count > 0 ? content.controls[content.control_count - 1].rank + 1 : 1;
    formula_control made = {.version = version.id, .rank = rank, .code = code, .name = call_text(call, "name"), .kind = call_text(call, "kind"),
                            .method = call_text(call, "method"), .reference = call_text(call, "reference"),
                            .specification = call_text(call, "specification"), .limit_text = call_text(call, "limit"),
                            .unit = call_text(call, "unit"), .replicates = replicates, .units = call_integer_or(call, "units", 0),
                            .shares = call_text(call, "shares"), .due = call_text(call, "due"),
                            .every_batches = call_integer(call, "every-batches"), .within_days = call_integer(call, "within-days"),
                            .needs_equipment = call_truth(call, "needs-equipment"), .needs_standard = call_truth(call, "needs-standard"),
                            .justification = call_text(call, "justification")};
    TRY(store_insert(call->store, &FORMULA_CONTROL_INSERT, &made));
    put_link(call->done, "version", "formula", version.number);
    put_text(call->done, "control", code);
    put_count(call->done, "rank", rank);
    return DONE;
}

const act formula_add_control_act = {.name = "formula add-control", .right = RIGHT_WRITE_FORMULAS, .inputs = inputs, .run = run};
