/* Reconciles powder, shells, capsules and labels against the formula's limits; a figure outside opens a deviation by itself.
 * Rule: BPP 5.12 (yields against specification), 4.40, 5.59 (labels). */
#include <string.h>

#include "magistral/act/reconciliations.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_POSITIONAL, "batch", "B26-0001"},
    {"kinds", INPUT_CHOICE, INPUT_OPTIONAL | INPUT_LIST, "powder|shells|capsules|labels", "powder"},
    {0},
};

static bool is_wanted(const call *call, const char *kind)
{
    const input_value *kinds = call_input(call, "kinds");
    bool wanted = !kinds->given;
    for (size_t i = 0; i < kinds->count; i++)
        wanted = wanted || strcmp(kinds->texts[i], kind) == 0;
    return wanted;
}

/* A mass or a count that was not verified would be missing from its figures. */
static void check_verified(call *call, const batch_making *making, const char *kind)
{
    const char *waiting = reconciliations_waits(making, kind);
    if (waiting && strcmp(kind, "powder") == 0)
        call_refuse(call, "BATCH-31", "batch", "weighing", waiting, NULL);
    else if (waiting)
        call_refuse(call, "BATCH-22", "batch", "issue", waiting, NULL);
}

/* What is reconciled is settled: it is made again behind an amendment alone, and by itself. */
static ending find_kinds(call *call, const batch *batch, const char **ret_kinds)
{
    static const char *const kinds[] = {"powder", "shells", "capsules", "labels"};
    batch_making making = {0};
    BUFFER_SCOPE buffer wanted = BUFFER_EMPTY;
    TRY(batches_making(call, batch, &making));
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++) {
        int64_t edition = 0;
        if (!is_wanted(call, kinds[k]))
            continue;
        TRY(reconciliations_edition(call, batch, kinds[k], &edition));
        if (edition > 0)
            call_refuse(call, "BATCH-28", "kinds", "kind", call_word(call, "state.", kinds[k]), NULL);
        else
            check_verified(call, &making, kinds[k]);
        buffer_add_format(&wanted, "%s%s", wanted.length ? "|" : "", kinds[k]);
    }
    *ret_kinds = arena_text(call->arena, buffer_text(&wanted));
    return DONE;
}

static ending run(call *call)
{
    batch batch = {0};
    const char *kinds = NULL;
    TRY(batches_find_in(call, "batch", call->act->states, &batch));
    if (batch.conforming == ABSENT)
        call_refuse(call, "BATCH-27", "batch", "batch", batch.number, NULL);
    TRY(find_kinds(call, &batch, &kinds));
    TRY(call_ending(call));
    put_link(call->done, "batch", "batch", batch.number);
    return reconciliations_make(call, &batch, kinds);
}

const act batch_reconcile_act = {.name = "batch reconcile", .right = RIGHT_MAKE, .inputs = inputs, .states = "quarantine", .run = run};
