/* Who may do what: every act, the right it needs, the roles that hold it, and what it asks of the person. Drawn from the table of acts. */
#include "magistral/act/lists.h"
#include "magistral/act/runner.h"
#include "magistral/base/catalogue.h"

static const input_definition inputs[] = {
    {"role", INPUT_CHOICE, INPUT_OPTIONAL,
     "administrator|technician|control-technician|pharmacist|control-pharmacist|dispensing-pharmacist|pharmacist-in-charge|resident|auditor", "technician"},
    LIST_INPUTS("act|right"),
    {0},
};

static bool is_held(const act *act, const char *wanted)
{
    role role;
    return !wanted || (role_parse(wanted, &role) && role_has_right(role, act->right));
}

/* "tout le monde", or each role that holds the right. */
static const char *roles_words(call *call, right right)
{
    BUFFER_SCOPE buffer words = BUFFER_EMPTY;
    if (right == RIGHT_OPEN || right == RIGHT_SIGNED_IN)
        return catalogue_word(call->language, "right.", right_word(right));
    for (int role = 0; role < ROLE_COUNT; role++)
        if (role_has_right((enum role)role, right))
            buffer_add_format(&words, "%s%s", words.length ? ", " : "", catalogue_word(call->language, "role.", role_word((enum role)role)));
    return arena_text(call->arena, buffer_text(&words));
}

static ending run(call *call)
{
    const char *wanted = call_text(call, "role");
    answer *list = put_list(call->done, "matrix");
    for (size_t i = 0; i < act_table_count; i++) {
        const act *act = act_table[i];
        if (!is_held(act, wanted))
            continue;
        answer *row = add_object(list);
        put_text(row, "act", act->name);
        put_text(row, "name", catalogue_word(call->language, "do.", act->name));
        put_text(row, "right", catalogue_word(call->language, "right.", right_word(act->right)));
        put_text(row, "roles", roles_words(call, act->right));
        put_truth(row, "badge-enough", !act->view && right_takes_badge(act->right) && !act->full_password && !act->signed_act);
        put_truth(row, "signed", act->signed_act);
        put_truth(row, "second-person", act->second_person);
    }
    return lists_shorten(call, list);
}

const act right_list_act = {.name = "right list", .view = true, .right = RIGHT_SIGNED_IN, .inputs = inputs, .run = run};
