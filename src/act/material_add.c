/* A raw material for pharmaceutical use, capsule shells among them, or a packaging article. Rule: BPP 5.26, 6.56. */
#include <string.h>

#include "magistral/act/materials.h"
#include "magistral/base/decimal.h"
#include "magistral/domain/check_digit.h"

static const input_definition inputs[] = {
    {"code", INPUT_NUMBER, 0, NULL, "BIR"},
    {"name", INPUT_TEXT, 0, NULL, "Birabresib"},
    {"kind", INPUT_CHOICE, 0, "active-substance|excipient|capsule-shell|packaging-article", "active-substance"},
    {"cas", INPUT_TEXT, INPUT_OPTIONAL, NULL, "202590-98-5"},
    {"quality", INPUT_TEXT, INPUT_OPTIONAL, NULL, "Synthèse à façon"},
    {"capsule-size", INPUT_TEXT, INPUT_OPTIONAL, NULL, ""},
    {"capsule-volume", INPUT_VOLUME, INPUT_OPTIONAL, NULL, ""},
    {"density", INPUT_DECIMAL, INPUT_OPTIONAL, "g/mL", "0.40"},
    {"storage", INPUT_TEXT, INPUT_OPTIONAL, NULL, "À l'abri de l'humidité, à température ambiante"},
    {"hazard", INPUT_TEXT, INPUT_OPTIONAL, NULL, "H302 H315"},
    {"known-effect", INPUT_TRUTH, INPUT_OPTIONAL, NULL, ""},
    {"list", INPUT_CHOICE, INPUT_OPTIONAL, "I|II|none", "I"},
    {0},
};

static bool is_kind(const call *call, const char *kind)
{
    return strcmp(call_text(call, "kind"), kind) == 0;
}

static void check_cas(call *call)
{
    int expected = 0;
    const char *cas = call_text(call, "cas");
    check_digit digit = cas ? cas_check(cas, &expected) : CHECK_DIGIT_RIGHT;
    if (digit == CHECK_DIGIT_MALFORMED)
        call_refuse(call, "MATERIAL-03", "cas", "cas", cas, NULL);
    else if (digit == CHECK_DIGIT_WRONG)
        call_refuse(call, "MATERIAL-04", "cas", "cas", cas, "expected", arena_format(call->arena, "%d", expected), NULL);
}

static void check_shell(call *call)
{
    static const char *const fields[] = {"capsule-size", "capsule-volume"};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        if (is_kind(call, "capsule-shell") && !call_has(call, fields[i]))
            call_refuse(call, "MATERIAL-05", fields[i], NULL);
        else if (!is_kind(call, "capsule-shell") && call_has(call, fields[i]))
            call_refuse(call, "MATERIAL-06", fields[i], NULL);
    if (call_integer(call, "capsule-volume") == 0)
        call_refuse(call, "MATERIAL-07", "capsule-volume", NULL);
}

static void check_density(call *call)
{
    decimal density, most = decimal_whole(25);
    if (call_has(call, "density") && decimal_parse(call_text(call, "density"), &density) == DECIMAL_GOOD &&
        (density.digits <= 0 || decimal_compare(density, most) > 0))
        call_refuse(call, "MATERIAL-08", "density", "density", call_text(call, "density"), NULL);
}

static ending run(call *call)
{
    material same = {0};
    bool found = false;
    material made = {.code = call_text(call, "code"), .name = call_text(call, "name"), .kind = call_text(call, "kind"),
                     .cas = call_text(call, "cas"), .quality = call_text(call, "quality"),
                     .capsule_size = call_text(call, "capsule-size"), .capsule_volume = call_integer(call, "capsule-volume"),
                     .density = call_text(call, "density"), .storage = call_text(call, "storage"),
                     .hazard = call_text(call, "hazard"), .known_effect = call_truth(call, "known-effect"),
                     .list = call_text(call, "list"), .reorder_level = ABSENT};
    made.unit = is_kind(call, "active-substance") || is_kind(call, "excipient") ? "mass" : "count";
    TRY(store_find(call->store, &MATERIAL_BY_CODE, &made, call->arena, &same, &found));
    if (found)
        call_refuse(call, "MATERIAL-02", "code", "material", made.code, "name", same.name, NULL);
    check_cas(call);
    check_shell(call);
    check_density(call);
    if (made.known_effect && !is_kind(call, "excipient"))
        call_refuse(call, "MATERIAL-09", "known-effect", NULL);
    TRY(call_ending(call));
    TRY(store_insert(call->store, &MATERIAL_INSERT, &made));
    call_concerns(call, "material", made.code);
    put_link(call->done, "material", "material", made.code);
    put_state(call->done, "kind", made.kind);
    return DONE;
}

const act material_add_act = {.name = "material add", .right = RIGHT_DEFINE_MATERIALS, .inputs = inputs, .run = run};
