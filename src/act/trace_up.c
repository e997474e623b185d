/* From a capsule up to every powder, paper and person behind it: lots with their certificates and own controls, weighings,
 * steps, results, decisions. Rule: BPP 4.38, 7.19. */
#include "magistral/act/traces.h"

static const input_definition inputs[] = {
    {"thing", INPUT_TEXT, INPUT_POSITIONAL, TRACE_KINDS, "2026/0001"},
    {0},
};

#define CELL(name, kind, field, link) {name, kind, offsetof(trace_up, field), link}
#define PERSON(name) CELL(name, ANSWER_LINK, person, "person")
#define SECOND(name) CELL(name, ANSWER_LINK, second, "person")
static const trace_layout layouts[TRACE_SECTIONS] = {
    [TRACE_DISPENSING] = {"dispensings", {CELL("dispensing", ANSWER_LINK, number, "dispensing"), CELL("patient", ANSWER_LINK, name, "patient"),
                                          CELL("request", ANSWER_LINK, of, "request"), CELL("prescriber", ANSWER_TEXT, detail, NULL),
                                          CELL("state", ANSWER_STATE, state, "dispensing"), CELL("at", ANSWER_INSTANT, at, NULL),
                                          CELL("units", ANSWER_DECIMAL, quantity, NULL), PERSON("person")}},
    [TRACE_BOTTLE] = {"bottles", {CELL("bottle", ANSWER_LINK, number, "bottle"), CELL("units", ANSWER_DECIMAL, quantity, NULL),
                                  CELL("scanned-at", ANSWER_INSTANT, at, NULL), CELL("state", ANSWER_STATE, state, "bottle"),
                                  CELL("from-bottle", ANSWER_LINK, of, "bottle")}},
    [TRACE_BATCH] = {"batches", {CELL("batch", ANSWER_LINK, number, "batch"), CELL("registration", ANSWER_TEXT, detail, NULL),
                                 CELL("product", ANSWER_TEXT, name, NULL), CELL("version", ANSWER_LINK, of, "formula"),
                                 CELL("state", ANSWER_STATE, state, NULL), CELL("made-on", ANSWER_DAY, at, NULL),
                                 CELL("units", ANSWER_DECIMAL, quantity, NULL)}},
    [TRACE_REQUEST] = {"requests", {CELL("request", ANSWER_LINK, number, "request"), CELL("patient", ANSWER_LINK, name, "patient"),
                                    CELL("prescriber", ANSWER_TEXT, detail, NULL), CELL("state", ANSWER_STATE, state, "request"),
                                    CELL("at", ANSWER_INSTANT, at, NULL), CELL("units", ANSWER_DECIMAL, quantity, NULL), SECOND("decided-by")}},
    [TRACE_LOT] = {"lots", {CELL("lot", ANSWER_LINK, number, "lot"), CELL("material", ANSWER_TEXT, of, NULL),
                            CELL("supplier", ANSWER_TEXT, name, NULL), CELL("state", ANSWER_STATE, state, NULL),
                            CELL("limit-day", ANSWER_DAY, at, NULL), CELL("taken", ANSWER_DECIMAL, quantity, NULL), SECOND("decided-by"),
                            CELL("certificate", ANSWER_TEXT, detail, NULL)}},
    [TRACE_CONTAINER] = {"containers", {CELL("container", ANSWER_LINK, number, "container"), CELL("lot", ANSWER_LINK, of, "lot"),
                                        CELL("location", ANSWER_TEXT, name, NULL), CELL("opened-on", ANSWER_DAY, at, NULL),
                                        CELL("taken", ANSWER_DECIMAL, quantity, NULL)}},
    [TRACE_TEST] = {"tests", {CELL("lot", ANSWER_LINK, of, "lot"), CELL("test", ANSWER_TEXT, name, NULL), CELL("result", ANSWER_TEXT, detail, NULL),
                              CELL("state", ANSWER_STATE, state, NULL), CELL("at", ANSWER_INSTANT, at, NULL), PERSON("person")}},
    [TRACE_CLEARANCE] = {"clearances", {CELL("phase", ANSWER_STATE, state, NULL), CELL("area", ANSWER_LINK, of, "area"),
                                        CELL("at", ANSWER_INSTANT, at, NULL), PERSON("person"), CELL("remark", ANSWER_TEXT, detail, NULL)}},
    [TRACE_WEIGHING] = {"weighings", {CELL("weighing", ANSWER_LINK, number, "weighing"), CELL("material", ANSWER_TEXT, name, NULL),
                                      CELL("container", ANSWER_LINK, of, "container"), CELL("net", ANSWER_DECIMAL, quantity, NULL),
                                      CELL("state", ANSWER_STATE, state, NULL), CELL("equipment", ANSWER_LINK, detail, "equipment"),
                                      PERSON("person"), SECOND("verified-by")}},
    [TRACE_ISSUE] = {"issues", {CELL("issue", ANSWER_LINK, number, "issue"), CELL("material", ANSWER_TEXT, name, NULL),
                                CELL("container", ANSWER_LINK, of, "container"), CELL("units", ANSWER_DECIMAL, quantity, NULL),
                                CELL("at", ANSWER_INSTANT, at, NULL), PERSON("person"), SECOND("verified-by")}},
    [TRACE_STEP] = {"steps", {CELL("step", ANSWER_TEXT, of, NULL), CELL("title", ANSWER_TEXT, name, NULL), CELL("at", ANSWER_INSTANT, at, NULL),
                              PERSON("person"), CELL("remark", ANSWER_TEXT, detail, NULL)}},
    [TRACE_LOSS] = {"losses", {CELL("kind", ANSWER_STATE, state, NULL), CELL("quantity", ANSWER_DECIMAL, quantity, NULL),
                               CELL("cause", ANSWER_TEXT, name, NULL), CELL("at", ANSWER_INSTANT, at, NULL), PERSON("person")}},
    [TRACE_SAMPLE] = {"samples", {CELL("sample", ANSWER_LINK, number, "sample"), CELL("purpose", ANSWER_STATE, state, NULL),
                                  CELL("destinations", ANSWER_TEXT, name, NULL), CELL("units", ANSWER_DECIMAL, quantity, NULL),
                                  CELL("at", ANSWER_INSTANT, at, NULL), PERSON("person")}},
    [TRACE_RESULT] = {"results", {CELL("result", ANSWER_LINK, number, "result"), CELL("control", ANSWER_TEXT, name, NULL),
                                  CELL("stated", ANSWER_TEXT, detail, NULL), CELL("verdict", ANSWER_STATE, state, NULL),
                                  CELL("analysed-on", ANSWER_DAY, at, NULL), CELL("laboratory", ANSWER_TEXT, of, NULL), PERSON("person"),
                                  SECOND("verified-by")}},
    [TRACE_DEVIATION] = {"deviations", {CELL("deviation", ANSWER_LINK, number, "deviation"), CELL("subject", ANSWER_TEXT, of, NULL),
                                        CELL("description", ANSWER_TEXT, name, NULL), CELL("state", ANSWER_STATE, state, "deviation"),
                                        CELL("decision", ANSWER_STATE, detail, "deviation"), PERSON("person"), SECOND("decided-by")}},
    [TRACE_DECISION] = {"decisions", {CELL("decision", ANSWER_STATE, state, NULL), CELL("at", ANSWER_INSTANT, at, NULL), PERSON("person"),
                                      CELL("meaning", ANSWER_TEXT, name, NULL), CELL("reason", ANSWER_TEXT, detail, NULL)}},
    [TRACE_DOCUMENT] = {"documents", {CELL("document", ANSWER_LINK, number, "document"), CELL("kind", ANSWER_STATE, state, NULL),
                                      CELL("subject", ANSWER_TEXT, name, NULL), CELL("at", ANSWER_INSTANT, at, NULL), PERSON("person")}},
    [TRACE_EQUIPMENT] = {"equipment", {CELL("equipment", ANSWER_LINK, of, "equipment"), CELL("name", ANSWER_TEXT, name, NULL),
                                       CELL("calibration-due", ANSWER_DAY, at, NULL), CELL("reference", ANSWER_TEXT, detail, NULL)}},
    [TRACE_PERSON] = {"people", {PERSON("person"), CELL("name", ANSWER_TEXT, name, NULL), CELL("professional-number", ANSWER_TEXT, detail, NULL)}},
};

/* As a reader asks: what was given, what it was made from, how, whether it was good, who answers for it. */
static const enum trace_section in_order[] = {
    TRACE_DISPENSING, TRACE_BOTTLE,  TRACE_BATCH,  TRACE_REQUEST,   TRACE_LOT,      TRACE_CONTAINER, TRACE_TEST,
    TRACE_CLEARANCE,  TRACE_WEIGHING, TRACE_ISSUE, TRACE_STEP,      TRACE_LOSS,     TRACE_SAMPLE,    TRACE_RESULT,
    TRACE_DEVIATION,  TRACE_DECISION, TRACE_DOCUMENT, TRACE_EQUIPMENT, TRACE_PERSON,
};

static ending run(call *call)
{
    trace_start start = {0};
    trace_up row = {0};
    answer *lists[TRACE_SECTIONS] = {0};
    store_cursor *cursor = NULL;
    bool found = false;
    TRY(traces_start(call, &start));
    answer *through = put_text(call->done, "through", NULL);
    for (size_t i = 0; i < sizeof in_order / sizeof *in_order; i++)
        lists[in_order[i]] = put_list(call->done, layouts[in_order[i]].name);
    TRY(store_rows(call->store, &TRACE_UP, &start, call->arena, &cursor));
    for (;;) {
        TRY(store_next(cursor, call->arena, &row, &found));
        if (!found)
            return DONE;
        traces_put_row(lists[row.section], &layouts[row.section], &row, row.unit);
        if (row.section == TRACE_BATCH)
            *through = (answer){.kind = ANSWER_LINK, .name = through->name, .text = row.number, .unit = "batch", .next = through->next};
    }
}

const act trace_up_act = {.name = "trace up", .view = true, .right = RIGHT_LOOK, .inputs = inputs, .run = run};
