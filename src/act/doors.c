#include "magistral/act/doors.h"

answer *put_door(answer *to, const char *name, const char *act)
{
    answer *door = put_object(to, name);
    put_text(door, "act", act);
    put_object(door, "inputs");
    return door;
}

void door_input(answer *door, const char *input, const char *value)
{
    answer *inputs = door->last;
    if (!value)
        return;
    for (answer *given = inputs->first; given; given = given->next)
        if (text_equal(given->name, input)) {
            given->text = arena_format(door->arena, "%s\n%s", given->text, value);
            return;
        }
    put_text(inputs, input, value);
}
