#include "expect.h"

#include <stdio.h>

#include "magistral/domain/release.h"

/* A record in which nothing is missing. */
typedef struct whole {
    release_component components[2];
    release_weighing weighings[2];
    release_issue issues[1];
    release_step steps[2];
    release_clearance clearances[2];
    release_reconciliation reconciliations[4];
    release_deviation deviations[1];
    release_control controls[2];
    release_lot lots[1];
    release_record record;
} whole;

static whole *complete(void)
{
    whole *w = arena_alloc(memory, sizeof *w);
    *w = (whole){
        .components = {{"BIR", false, true}, {"SHELL", true, true}},
        .weighings = {{"B26-0001/W1", "verified", false, false}, {"B26-0001/W2", "discarded", true, false}},
        .issues = {{"B26-0001/I1", true}},
        .steps = {{"MIX", true, false, false}, {"FILL", true, true, true}},
        .clearances = {{"making", true}, {"packaging", true}},
        .reconciliations = {{"powder", true, false, false}, {"shells", true, true, true}, {"capsules", true, false, false}, {"labels", true, false, false}},
        .deviations = {{"D26-0001", "accepted"}},
        .controls = {{"ASSAY", true, false, "B26-0001/R1", "verified", "complies"}, {"YEARLY", false, false, NULL, NULL, NULL}},
        .lots = {{"MP26-0003", "accepted"}},
    };
    w->record = (release_record){.batch = "B26-0001", .state = "quarantine", .today = "2026-01-21", .expiry = "2026-01-21", .filled = true,
                                 .packaged = true, .certified = true, .components = w->components, .weighings = w->weighings,
                                 .issues = w->issues, .steps = w->steps, .clearances = w->clearances, .reconciliations = w->reconciliations,
                                 .deviations = w->deviations, .controls = w->controls, .lots = w->lots, .component_count = 2,
                                 .weighing_count = 2, .issue_count = 1, .step_count = 2, .clearance_count = 2, .reconciliation_count = 4,
                                 .deviation_count = 1, .control_count = 2, .lot_count = 1};
    return w;
}

static void blocked_by(const whole *w, const char *rules)
{
    release_block *found = NULL;
    size_t count = 0;
    BUFFER_SCOPE buffer text = BUFFER_EMPTY;
    release_blocks(memory, &w->record, &found, &count);
    for (size_t i = 0; i < count; i++) {
        buffer_add_format(&text, "%s%s", i ? " " : "", found[i].rule + strlen("RELEASE-"));
        assert_non_null(found[i].way_out);
        assert_non_null(found[i].thing);
    }
    assert_string_equal(buffer_text(&text), rules);
    for (size_t i = 0; i < count; i++)
        printf("# asserted %s\n", found[i].rule);
}

static void a_whole_record_is_not_blocked(void **state)
{
    (void)state;
    blocked_by(complete(), "");
}

/* Nothing entered at all, but everything expected. */
static void an_empty_record_has_every_block(void **state)
{
    (void)state;
    release_component components[] = {{"BIR", false, false}};
    release_step steps[] = {{"MIX", false, false, false}};
    release_clearance clearances[] = {{"making", false}, {"packaging", false}};
    release_reconciliation reconciliations[] = {{"powder", false, false, false}};
    release_control controls[] = {{"ASSAY", true, false, NULL, NULL, NULL}};
    whole w = {.record = {.batch = "B26-0001", .state = "quarantine", .today = "2026-01-21", .components = components, .component_count = 1,
                          .steps = steps, .step_count = 1, .clearances = clearances, .clearance_count = 2, .reconciliations = reconciliations,
                          .reconciliation_count = 1, .controls = controls, .control_count = 1}};
    blocked_by(&w, "03 05 05 06 11 13 14 15 20 26");
    w.record.control_count = 0;
    blocked_by(&w, "03 05 05 06 11 13 14 15 25 26");
}

static void the_batch_itself(void **state)
{
    (void)state;
    whole *w = complete();
    w->record.held = true;
    w->record.today = "2026-01-22";
    blocked_by(w, "02 04");
    w->record.state = "in-preparation";
    blocked_by(w, "01 02 04");
}

static void the_making(void **state)
{
    (void)state;
    whole *w = complete();
    w->weighings[0].state = "recorded";
    blocked_by(w, "07");
    w->weighings[0] = (release_weighing){"B26-0001/W1", "verified", true, false};
    w->issues[0].verified = false;
    w->lots[0].state = "recalled";
    blocked_by(w, "08 09 10");
    w = complete();
    w->steps[0].outside = true;
    w->steps[1].recorded = false;
    w->components[1].supplied = false;
    blocked_by(w, "06 12 11");
}

static void counts_labels_deviations(void **state)
{
    (void)state;
    whole *w = complete();
    w->reconciliations[0].done = false;
    w->reconciliations[1].decided = false;
    w->record.unsettled_labels = true;
    w->deviations[0].decision = NULL;
    blocked_by(w, "15 16 17 18");
    w = complete();
    w->record.late = "T26-0001";
    blocked_by(w, "28");
    w = complete();
    w->record.investigation = "I26-0001";
    blocked_by(w, "38");
    w = complete();
    w->record.paper_form = "P26-0001";
    blocked_by(w, "29");
    w = complete();
    w->deviations[0].decision = "refuse-batch";
    w->record.certified = false;
    blocked_by(w, "19 26");
}

static void the_controls(void **state)
{
    (void)state;
    whole *w = complete();
    w->controls[0].result = NULL;
    blocked_by(w, "20");
    w->controls[0] = (release_control){"ASSAY", true, false, "R1", "open", NULL};
    blocked_by(w, "21");
    w->controls[0] = (release_control){"ASSAY", true, false, "R1", "closed", "complies"};
    blocked_by(w, "24");
    w->controls[0] = (release_control){"ASSAY", true, false, "R1", "verified", "does not comply"};
    blocked_by(w, "22");
    w->controls[0] = (release_control){"ASSAY", true, false, "R1", "closed", "test 20 more"};
    blocked_by(w, "23 24");
    w->controls[0] = (release_control){"ASSAY", true, false, "R1", "verified", "complies"};
    w->controls[1] = (release_control){"YEARLY", false, false, "R2", "verified", "does not comply"}; /* not due, but it failed */
    blocked_by(w, "22");
    w->controls[1] = (release_control){"LATER", false, true, "R2", "open", NULL}; /* its time comes after the release */
    blocked_by(w, "");
    w->controls[1] = (release_control){"LATER", false, true, "R2", "closed", "does not comply"};
    blocked_by(w, "22 24");
}

static void who_may_release(void **state)
{
    (void)state;
    release_person person = {0};
    assert_int_equal(release_right_of(&person), RELEASE_ALLOWED);
    person.controller = true;
    assert_int_equal(release_right_of(&person), RELEASE_CONTROLLER);
    person.controller_allowed = true;
    assert_int_equal(release_right_of(&person), RELEASE_REASON_DUE);
    person.reason = true;
    assert_int_equal(release_right_of(&person), RELEASE_ALLOWED);
    person.operator = true;
    assert_int_equal(release_right_of(&person), RELEASE_OPERATOR);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_whole_record_is_not_blocked),
        TEST(an_empty_record_has_every_block),
        TEST(the_batch_itself),
        TEST(the_making),
        TEST(counts_labels_deviations),
        TEST(the_controls),
        TEST(who_may_release),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
