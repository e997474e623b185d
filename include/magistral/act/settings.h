#ifndef MAGISTRAL_ACT_SETTINGS_H
#define MAGISTRAL_ACT_SETTINGS_H

#include "magistral/act/call.h"

/* What a site decides once: each setting is yes or no, or a number of days. */
#define SETTINGS_NAMES "controller-may-release|lot-analysis-amortised|prescription-days|board-days"

typedef struct setting_delivered {
    const char *name;
    const char *value; /* until the site decides otherwise */
    bool is_days;
} setting_delivered;

/* Every setting of the program, in the order of the names; `*ret_count` of them. */
const setting_delivered *settings_delivered(size_t *ret_count);

/* The days of a setting that is a number of days: the site's, or as delivered. */
ending settings_days(call *call, const char *name, int64_t *ret_days) MUST_CHECK;

#endif
