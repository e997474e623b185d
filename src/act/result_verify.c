/* A transcribed result counts once a second person has compared it with the raw document, by its digest. Rule: BPP 4.40, 6.68. */
#include <string.h>

#include "magistral/act/results.h"
#include "magistral/store/amendment.h"

static const input_definition inputs[] = {
    {"result", INPUT_NUMBER, 0, "result", "B26-0001/R5"},
    {"document", INPUT_FILE, INPUT_OPTIONAL, NULL, "chromatogramme.pdf"},
    {"digest", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {0},
};

static ending check_second_person(call *call, const result_whole *whole)
{
    amendment last = {0}, wanted = {.batch = whole->batch.id, .kind = "result", .subject = whole->result.number, .person = call->person.id};
    bool amended = false, entered = whole->result.entered_by == call->person.id || whole->result.analyst == call->person.id;
    TRY(store_find(call->store, &AMENDMENT_BY, &wanted, call->arena, &last, &amended));
    entered = entered || amended;
    for (size_t i = 0; i < whole->value_count; i++)
        entered = entered || whole->values[i].entered_by == call->person.id;
    if (entered)
        call_refuse(call, "RESULT-20", "as", "person", call->person.identifier, "result", whole->result.number, NULL);
    return DONE;
}

static void check_document(call *call, const result_whole *whole)
{
    const char *file = call_text(call, "document"), *digest = call_text(call, "digest");
    if (!whole->result.raw_document)
        call_refuse(call, "RESULT-21", "result", "result", whole->result.number, NULL);
    else if ((file == NULL) == (digest == NULL))
        call_refuse(call, "RESULT-22", "document", NULL);
    else if (strcmp(file ? file : digest, whole->result.raw_document) != 0)
        call_refuse(call, "RESULT-23", file ? "document" : "digest", "digest", whole->result.raw_document, "given", file ? file : digest, NULL);
}

static ending run(call *call)
{
    result_whole whole = {0};
    TRY(results_find(call, &whole));
    TRY(check_second_person(call, &whole));
    TRY(results_check_controller(call, &whole.batch, whole.control));
    check_document(call, &whole);
    TRY(call_ending(call));
    result verified = whole.result;
    verified.verified_by = call->person.id;
    verified.verified_at = call->now;
    TRY(store_update(call->store, &RESULT_VERIFY, &verified));
    put_link(call->done, "result", "result", whole.result.number);
    put_text(call->done, "stated", whole.result.stated);
    put_state(call->done, "verdict", whole.result.verdict);
    put_state_of(call->done, "state", "result", "verified");
    return DONE;
}

const act result_verify_act = {.name = "result verify", .right = RIGHT_VERIFY_RESULTS, .second_person = true, .inputs = inputs, .states = "closed", .run = run};
