/* A work area was cleaned: how, and after which batch. Rule: EU GMP 4.31; BPP 5.35. */
#include "magistral/act/logbooks.h"

static const input_definition inputs[] = {
    {"area", INPUT_NUMBER, INPUT_POSITIONAL, "area", "PREP-1"},
    {"method", INPUT_TEXT, 0, NULL, "PO-NET-01 v3, détergent puis éthanol à 70 %"},
    {"batch", INPUT_NUMBER, INPUT_OPTIONAL, "batch", "B26-0001"},
    {0},
};

static ending run(call *call)
{
    work_area area = {0};
    int64_t batch = ABSENT;
    TRY(areas_find(call, "area", &area));
    TRY(logbooks_batch(call, &batch));
    TRY(logbooks_write(call, ABSENT, area.id, "cleaning", call_text(call, "method"), batch));
    put_link(call->done, "area", "area", area.code);
    put_state(call->done, "kind", "cleaning");
    return DONE;
}

const act area_clean_act = {.name = "area clean", .right = RIGHT_CHECK_EQUIPMENT, .inputs = inputs, .run = run};
