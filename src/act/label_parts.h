#ifndef MAGISTRAL_ACT_LABEL_PARTS_H
#define MAGISTRAL_ACT_LABEL_PARTS_H

/* Inside the act layer only: what labels are filled from, for those that are printed and those that are tried. */
#include "magistral/act/labels.h"
#include "magistral/act/weighings.h"
#include "magistral/store/batch.h"
#include "magistral/store/dispensing.h"
#include "magistral/store/lot.h"
#include "magistral/store/material.h"

/* Everything that a label may need of one thing. */
typedef struct subject {
    const char *field; /* the input that names it, for a refusal */
    container container;
    lot lot;
    material material;
    supplier supplier;
    person decided_by;
    sample sample;
    weighing_line weighing;
    person recorded_by, verified_by;
    person taken_by;
    bottle bottle;
    dispensing dispensing;
    request request;
    batch batch;
    formula_version version;
} subject;

/* Each fills the record of its label. `content` says how many capsules the bottle holds: label_content(). */
void label_fill_sample(const call *call, const subject *s, answer *record, bool retained);
void label_fill_bottle(const subject *s, answer *record);
void label_fill_dispensing(const call *call, const subject *s, const char *content, answer *record);

/* "56 gélules, flacon B26-0001/3, l'un des 2 remis": the number that the bottle itself bears. */
const char *label_content(const call *call, int64_t units, const char *bottle, size_t count);

#endif
