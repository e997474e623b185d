/* One test of the pharmacy's own control of a lot in quarantine, or of the full control that a retest date asks for.
 * Rule: BPP 6.46 to 6.50, 6.54. */
#include "magistral/act/lots.h"

static const input_definition inputs[] = {
    {"lot", INPUT_NUMBER, 0, "lot", "MP26-0003"},
    {"test", INPUT_TEXT, 0, NULL, "Identité par spectre infrarouge"},
    {"method", INPUT_TEXT, 0, NULL, "Ph. Eur. 2.2.24"},
    {"result", INPUT_TEXT, 0, NULL, "Concordant avec la référence"},
    {"conforms", INPUT_TRUTH, 0, NULL, "yes"},
    {"raw-document", INPUT_FILE, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static ending run(call *call)
{
    lot lot = {0};
    TRY(lots_find(call, "lot", &lot));
    if (!lot_is_retested(&lot))
        TRY(lot_in_quarantine(call, "lot", &lot));
    lot_test test = {.lot = lot.id, .test = call_text(call, "test"), .method = call_text(call, "method"),
                     .result = call_text(call, "result"), .conforms = call_truth(call, "conforms"), .person = call->person.id,
                     .at = call->now};
    TRY(call_store_file(call, "raw-document", &test.raw_document));
    TRY(store_insert(call->store, &LOT_TEST_INSERT, &test));
    put_link(call->done, "lot", "lot", lot.number);
    put_text(call->done, "test", test.test);
    put_truth(call->done, "conforms", test.conforms == 1);
    return DONE;
}

const act lot_test_act = {.name = "lot test", .right = RIGHT_CONTROL_LOTS, .inputs = inputs, .run = run};
