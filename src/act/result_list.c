/* The results, of a batch or of all, one line each. */
#include "magistral/act/lists.h"
#include "magistral/act/results.h"

static const input_definition inputs[] = {
    {"batch", INPUT_NUMBER, INPUT_OPTIONAL | INPUT_POSITIONAL, "batch", "B26-0001"},
    {"state", INPUT_CHOICE, INPUT_OPTIONAL, "open|closed|verified|invalidated", "closed"},
    LIST_INPUTS("result"),
    {0},
};

static void put(answer *row, const void *listed, const char *context)
{
    (void)context;
    const listed_result *line = listed;
    results_put_line(row, &(result_line){.number = line->number, .code = line->code, .name = line->name, .specification = line->specification,
                                         .state = line->state, .stated = line->stated, .verdict = line->verdict, .analysed_on = line->analysed_on,
                                         .entered_identifier = line->entered_by, .verified_identifier = line->verified_by});
}

static const list_way ways[] = {
    {"result", LIST_WITH(batch), &LIST_RESULTS_OF_BATCH},
    {"result", LIST_WITH(find), &LIST_RESULTS_FOUND},
    {"result", LIST_WITH(state), &LIST_RESULTS_OF_STATE},
    {"result", 0, &LIST_RESULTS},
    {0},
};
static const list results = {.name = "results", .ways = ways, .line = sizeof(listed_result), .put = put};

static ending run(call *call)
{
    return lists_answer_of_batch(call, &results, (list_wanted){.state = call_text(call, "state")}, "result", NULL);
}

const act result_list_act = {.name = "result list", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
