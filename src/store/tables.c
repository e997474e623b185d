#include "tables.h"

#include <stdlib.h>
#include <string.h>

/* In alphabetical order: looked up by halves. */
static const struct {
    const char *name;
    table_kind kind;
} tables[] = {
    {"addendum", TABLE_RECORD},
    {"amendment", TABLE_RECORD},
    {"badge", TABLE_RECORD},
    {"batch", TABLE_RECORD},
    {"batch_location", TABLE_RECORD},
    {"batch_plate", TABLE_RECORD},
    {"batch_request", TABLE_RECORD},
    {"bottle", TABLE_RECORD},
    {"clearance", TABLE_RECORD},
    {"clock_mark", TABLE_PASSING},
    {"container", TABLE_RECORD},
    {"container_move", TABLE_RECORD},
    {"content", TABLE_RECORD},
    {"control_due", TABLE_RECORD},
    {"cost_line", TABLE_RECORD},
    {"cost_sheet", TABLE_RECORD},
    {"decision", TABLE_RECORD},
    {"destruction", TABLE_RECORD},
    {"deviation", TABLE_RECORD},
    {"dispensing", TABLE_RECORD},
    {"dispensing_bottle", TABLE_RECORD},
    {"document", TABLE_RECORD},
    {"equipment", TABLE_RECORD},
    {"equipment_check", TABLE_RECORD},
    {"equipment_use", TABLE_RECORD},
    {"event", TABLE_RECORD},
    {"excursion", TABLE_RECORD},
    {"excursion_batch", TABLE_RECORD},
    {"excursion_container", TABLE_RECORD},
    {"filler_plate", TABLE_RECORD},
    {"formula", TABLE_RECORD},
    {"formula_component", TABLE_RECORD},
    {"formula_condition", TABLE_RECORD},
    {"formula_control", TABLE_RECORD},
    {"formula_step", TABLE_RECORD},
    {"formula_version", TABLE_RECORD},
    {"habilitation", TABLE_RECORD},
    {"habilitation_review", TABLE_RECORD},
    {"installation", TABLE_RECORD},
    {"interruption", TABLE_RECORD},
    {"issue", TABLE_RECORD},
    {"journal", TABLE_JOURNAL},
    {"journal_node", TABLE_JOURNAL},
    {"journal_subject", TABLE_JOURNAL},
    {"label", TABLE_RECORD},
    {"late_entry", TABLE_RECORD},
    {"logbook", TABLE_RECORD},
    {"loss", TABLE_RECORD},
    {"lot", TABLE_RECORD},
    {"lot_analysis", TABLE_RECORD},
    {"lot_retest", TABLE_RECORD},
    {"lot_test", TABLE_RECORD},
    {"material", TABLE_RECORD},
    {"movement", TABLE_RECORD},
    {"patient", TABLE_RECORD},
    {"patient_return", TABLE_RECORD},
    {"person", TABLE_RECORD},
    {"person_secret", TABLE_SECRET},
    {"pin", TABLE_RECORD},
    {"pin_secret", TABLE_SECRET},
    {"purchase", TABLE_RECORD},
    {"rate", TABLE_RECORD},
    {"reconciliation", TABLE_RECORD},
    {"register_line", TABLE_RECORD},
    {"request", TABLE_RECORD},
    {"result", TABLE_RECORD},
    {"result_value", TABLE_RECORD},
    {"room_reading", TABLE_RECORD},
    {"sample", TABLE_RECORD},
    {"setting", TABLE_RECORD},
    {"sign_in_counter", TABLE_PASSING},
    {"signing_key", TABLE_RECORD},
    {"site", TABLE_RECORD},
    {"site_host", TABLE_RECORD},
    {"step_record", TABLE_RECORD},
    {"step_value", TABLE_RECORD},
    {"stock_count", TABLE_RECORD},
    {"supplier", TABLE_RECORD},
    {"template", TABLE_RECORD},
    {"weighing", TABLE_RECORD},
    {"work", TABLE_RECORD},
    {"work_area", TABLE_RECORD},
    {"workstation", TABLE_RECORD},
};

static int by_name(const void *key, const void *element)
{
    return strcmp(key, *(const char *const *)element);
}

table_kind tables_kind(const char *table)
{
    const void *found = bsearch(table, tables, sizeof tables / sizeof *tables, sizeof *tables, by_name);
    return found ? tables[((const char *)found - (const char *)tables) / (long)sizeof *tables].kind : TABLE_UNDECLARED;
}
