#include "magistral/act/settings.h"

#include <stdlib.h>
#include <string.h>

#include "magistral/store/site.h"

/* How old a prescription or a board's decision may be without a word is the site's to say; as delivered, a year and half a year. */
static const setting_delivered delivered[] = {{"controller-may-release", "no", false},
                                              {"lot-analysis-amortised", "no", false},
                                              {"prescription-days", "365", true},
                                              {"board-days", "180", true}};

const setting_delivered *settings_delivered(size_t *ret_count)
{
    *ret_count = sizeof delivered / sizeof *delivered;
    return delivered;
}

ending settings_days(call *call, const char *name, int64_t *ret_days)
{
    setting set = {0};
    bool found = false;
    TRY(store_find(call->store, &SETTING_OF, (&(setting){.name = name}), call->arena, &set, &found));
    for (size_t i = 0; !found && i < sizeof delivered / sizeof *delivered; i++)
        if (strcmp(delivered[i].name, name) == 0)
            set.value = delivered[i].value;
    *ret_days = set.value ? strtoll(set.value, NULL, 10) : 0;
    return DONE;
}
