#ifndef MAGISTRAL_ACT_EQUIPMENTS_H
#define MAGISTRAL_ACT_EQUIPMENTS_H

#include "magistral/act/call.h"
#include "magistral/domain/quantity.h"
#include "magistral/store/equipment.h"

/* What acts on equipment and work areas share. */

/* Finds an equipment by the code in the input `field`; refused (EQUIPMENT-01) when there is none. */
ending equipments_find(call *call, const char *field, equipment *ret_equipment) MUST_CHECK;

/* Finds a work area by the code in the input `field`; refused (AREA-01) when there is none. */
ending areas_find(call *call, const char *field, work_area *ret_area) MUST_CHECK;

/* DONE when the equipment may be used today, else every reason why not: withdrawn (EQUIPMENT-02), its calibration overdue
 * (EQUIPMENT-03) or never done (EQUIPMENT-09), broken down and not repaired (LOGBOOK-01); of a balance also: not checked today, or not since its repair (EQUIPMENT-04), its last check of today outside its
 * tolerance (EQUIPMENT-05). Rule: BPP 5.42, 3.44. */
ending equipment_usable(call *call, const char *field, const equipment *equipment) MUST_CHECK;

/* DONE when the equipment is a balance (EQUIPMENT-06) that may weigh `mass`: not below its minimum (EQUIPMENT-07), not above
 * its capacity (EQUIPMENT-08); does not ask equipment_usable(). Rule: USP <41>; BPP 5.42. */
ending balance_fits(call *call, const char *field, const equipment *equipment, mass mass) MUST_CHECK;

/* Whether the last check with a control weight on a day ("2026-01-12") conformed; false where there was none. Rule: BPP 5.39. */
ending equipment_conformed(call *call, const equipment *equipment, const char *day, bool *ret_conformed) MUST_CHECK;

/* "in-service", or the first reason why it may not be used today: "out-of-service", "broken-down", "calibration-missing", "calibration-overdue",
 * "check-due", "check-failed". */
ending equipment_state(call *call, const equipment *equipment, const char **ret_state) MUST_CHECK;

/* Puts a mass in the unit in which people say it; ABSENT puts nothing known. */
answer *put_mass(answer *object, const char *name, int64_t nanograms);

#endif
