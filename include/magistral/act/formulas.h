#ifndef MAGISTRAL_ACT_FORMULAS_H
#define MAGISTRAL_ACT_FORMULAS_H

#include "magistral/act/call.h"
#include "magistral/domain/capsule_fill.h"
#include "magistral/store/formula.h"
#include "magistral/store/lot.h"

/* What several acts on formulas share. */

/* A version with everything it holds, each list by rank. */
typedef struct formula_content {
    formula formula;
    formula_version version;
    formula_component_line *components;
    formula_step *steps;
    formula_control *controls;
    formula_condition *conditions; /* of the room */
    size_t component_count, step_count, control_count, condition_count;
} formula_content;

/* Finds a formula by the code in the input `field`; refused (FORMULA-01) when there is none. */
ending formulas_find(call *call, const char *field, formula *ret_formula) MUST_CHECK;

/* Finds a version by its number ("BIR20/1") in the input `field`; refused (FORMULA-02) when there is none. */
ending formulas_find_version(call *call, const char *field, formula_version *ret_version) MUST_CHECK;

/* The same for a version that the person may still write: a draft (FORMULA-03) of their own (FORMULA-04), so that who
 * approves it wrote no part of it. */
ending formulas_find_draft(call *call, const char *field, formula_version *ret_version) MUST_CHECK;

/* Reads all that a version holds. */
ending formulas_read(call *call, const formula_version *version, formula_content *ret_content) MUST_CHECK;

/* Puts everything that a version holds into an object: what is shown, and what a batch keeps as its frozen copy. */
ending formulas_put(call *call, answer *to, const formula_content *content) MUST_CHECK;

/* Reads the fill of a capsule of a dose and a filler: it is known once both densities are (and the shell's volume). `lot` corrects the
 * dose by its assay; NULL: pure. *ret_dose is the component that is the dose, unchanged when there is none. */
bool formulas_read_fill(const formula_content *content, const lot *lot, arena *arena, fill_input *ret_fill, const formula_component_line **ret_dose);

/* Reads a version and refuses what is missing before it may be approved, whoever approves it: FORMULA-32 to -39, its papers, its labels. DONE
 * also when it refused. */
ending formulas_check_complete(call *call, const formula_version *version, formula_content *ret_content) MUST_CHECK;

/* Refuses a complete version whose papers would be false or whose capsules cannot be made: FORMULA-49 to FORMULA-52. */
void formulas_check_papers(call *call, const formula_content *content);

/* Units sampled for controls: those of controls that do not share another's (BPP 6.76). */
int64_t formulas_sampled_units(const formula_content *content);

/* The control or step with a code, NULL when there is none; a component by its material's code or its rank. */
const formula_control *formulas_control(const formula_content *content, const char *code);
const formula_condition *formulas_condition(const formula_content *content, const char *kind);
const formula_step *formulas_step(const formula_content *content, const char *code);
const formula_component_line *formulas_component(const formula_content *content, const char *code_or_rank);

/* Refuses (FORMULA-05) a number in the input `field`, when given, outside `least` to `most` (decimals; inclusive). */
void formulas_check_range(call *call, const char *field, const char *least, const char *most);

#endif
