#ifndef MAGISTRAL_STORE_STANDING_H
#define MAGISTRAL_STORE_STANDING_H

/* The state of the batch `b` on :day, as everybody is told it: the one place that computes it. What a recall or the day forbids
 * stands before what may be lifted: a batch on hold because a lot in it was recalled, an expired one, one on hold for another
 * reason; else the state of the record. */
#define BATCH_STANDING_STATE                                                                                               \
    "CASE WHEN b.state NOT IN ('planned', 'in-preparation', 'quarantine', 'released') THEN b.state "                        \
    "WHEN b.held = 1 AND EXISTS (SELECT 1 FROM decision h WHERE h.batch = b.id AND h.lot IS NOT NULL AND NOT EXISTS "       \
    "(SELECT 1 FROM decision z WHERE z.batch = b.id AND z.kind = 'lift' AND z.id > h.id)) THEN 'held-by-recall' "           \
    "WHEN b.state = 'released' AND b.expiry < :day THEN 'expired' WHEN b.held = 1 THEN 'held' "                             \
    "WHEN b.state = 'released' AND EXISTS (SELECT 1 FROM control_due k WHERE k.batch = b.id AND " CONTROL_OVERDUE_TODAY ") " \
    "THEN 'held' ELSE b.state END"

/* True of the batch `b` when its capsules serve nobody any more (act/batches.h: batch_fell). */
#define BATCH_FELL "b.state IN ('recalled', 'refused', 'cancelled', 'abandoned', 'destroyed')"

/* True of the control due `k` when its last day is past without a verified result that complies. */
#define CONTROL_MISSING                                                                                                    \
    "NOT EXISTS (SELECT 1 FROM result o WHERE o.batch = k.batch AND o.control = k.control AND o.state = 'verified' "        \
    "AND o.verdict = 'complies')"
#define CONTROL_OVERDUE_TODAY "k.last_day < :day AND " CONTROL_MISSING

/* How many entries of the making of a batch (this expression) are :person's: 0 of who may decide about it. */
#define BATCH_OPERATED(batch)                                                                                              \
    "((SELECT count(*) FROM weighing WHERE batch = " batch " AND (opened_by = :person OR recorded_by = :person)) "          \
    "+ (SELECT count(*) FROM issue WHERE batch = " batch " AND issued_by = :person) "                                       \
    "+ (SELECT count(*) FROM step_record WHERE batch = " batch " AND person = :person) "                                    \
    "+ (SELECT count(*) FROM clearance WHERE batch = " batch " AND person = :person) "                                      \
    "+ (SELECT count(*) FROM loss WHERE batch = " batch " AND person = :person) "                                           \
    "+ (SELECT count(*) FROM amendment WHERE batch = " batch " AND kind IN ('weighing', 'step', 'issue', 'filling', 'bottle', 'loss', 'sample') AND person = :person))"

/* The same of the lot `l`, whose stock is this expression: an accepted lot without stock is exhausted, whatever its date; one past its
 * date is expired or due for a retest. */
#define LOT_STANDING_STATE(stock)                                                                                          \
    "CASE WHEN l.state <> 'accepted' THEN l.state WHEN " stock " <= 0 THEN 'exhausted' WHEN l.limit_day >= :day THEN l.state " \
    "WHEN l.limit_kind = 'retest' THEN 'retest-passed' ELSE 'expired' END"
#define LOT_STOCK_SUM "(SELECT coalesce(sum(v.quantity), 0) FROM container c JOIN movement v ON v.container = c.id WHERE c.lot = l.id)"

#endif
