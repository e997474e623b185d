/* Attaches the raw document of a result, unmodified. Rule: BPP 4.40 (weighing tickets, results dated and signed). */
#include "magistral/act/results.h"

static const input_definition inputs[] = {
    {"result", INPUT_NUMBER, 0, "result", "B26-0001/R5"},
    {"document", INPUT_FILE, 0, NULL, "chromatogramme.pdf"},
    {0},
};

static ending run(call *call)
{
    result_whole whole = {0};
    const char *digest = NULL;
    TRY(results_find(call, &whole));
    TRY(call_store_file(call, "document", &digest));
    result attached = whole.result;
    attached.raw_document = digest;
    TRY(store_update(call->store, &RESULT_ATTACH, &attached));
    put_link(call->done, "result", "result", whole.result.number);
    put_text(call->done, "raw-document", digest);
    return DONE;
}

const act result_attach_act = {.name = "result attach", .right = RIGHT_ENTER_RESULTS, .inputs = inputs, .states = "open|closed", .run = run};
