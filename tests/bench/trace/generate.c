/* Makes a database of the size that a regional pharmacy reaches in decades: 100,000 batches, 600,000 inputs, 1,000,000
 * dispensings, in the schema of this program with all its indices. Its triggers are dropped, because they would take an hour
 * and the trace reads none; so it is no database to work with, and has no journal.
 *
 * Every lot of raw material serves 250 batches among the thousand made at that time; the dispensings of the batches of one
 * season follow each other interleaved, as they do at a counter. A smaller one has less of everything: a tenth of the batches
 * is made from a tenth of the lots, and no lot has fewer weighings. */
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "magistral/base/digest.h"
#include "magistral/store/store.h"

static const char *const statements[] = {
    "PRAGMA journal_mode=WAL", "PRAGMA synchronous=OFF", "PRAGMA cache_size=-200000", "PRAGMA foreign_keys=OFF", "BEGIN",
    "CREATE TEMP TABLE n (i INTEGER PRIMARY KEY)",
    "INSERT INTO n WITH RECURSIVE k (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < 1000000 / (SELECT parts FROM scale)) SELECT i FROM k",
    "INSERT INTO installation (id, identifier, rehearsal, created) "
    "VALUES (1, '00000000000000000000000000000000', 1, '2026-01-01T00:00:00.000Z')",
    "INSERT INTO site (id, name, pharmacy, address, telephone, language, zone, host) VALUES (1, 'CHU', 'Pharmacie', '1 rue de l''Exemple', NULL, 'fr', 'Europe/Paris', 'PUI.EXAMPLE')",
    "INSERT INTO person (id, identifier, name, professional_number, language, password_digest, password_first, ended) "
    "SELECT i, printf('person.%d', i), printf('Personne %d fictive', i), NULL, 'fr', NULL, 0, NULL FROM n WHERE i <= 20",
    "INSERT INTO habilitation (id, person, role, starts, ends, delegation, granted_by, granted_at) "
    "SELECT i, i, 'pharmacist', '2000-01-01', '2099-12-31', NULL, 1, '2000-01-01T00:00:00.000Z' FROM n WHERE i <= 20",
    "INSERT INTO content (digest, type, size, bytes) VALUES (printf('%064d', 0), 'application/json', 2, x'7b7d')",
    "INSERT INTO work_area (id, code, name) VALUES (1, 'A1', 'Préparatoire')",
    "INSERT INTO material (id, code, name, kind, unit) SELECT i, printf('M%d', i), printf('Matière %d', i), iif(i > 3, 'packaging-article', "
    "'excipient'), iif(i > 3, 'count', 'mass') FROM n WHERE i <= 6",
    "INSERT INTO supplier (id, code, name, address, category) SELECT i, printf('S%d', i), printf('Fournisseur %d', i), 'Ville', 'A' FROM n WHERE i <= 10",
    /* 400 lots of each material, or their part: lot 1 to 400 of material 1, 401 to 800 of material 2, ... */
    "INSERT INTO lot (id, number, material, supplier, manufacturer, supplier_lot, quantity, price, received_on, received_by, limit_kind, "
    "limit_day, certificate, state, decided_by, decided_at) SELECT i, printf('MP26-%04d', i), (i - 1) / (SELECT lots FROM scale) + 1, i % 10 + 1, 'Fabricant, Ville', "
    "printf('L%06d', i), 250000000000, 14500000000, '2026-01-05', 1, 'expiry', '2029-12-31', printf('%064d', 0), 'accepted', 2, "
    "'2026-01-06T08:00:00.000Z' FROM n WHERE i <= 6 * (SELECT lots FROM scale)",
    "INSERT INTO container (id, number, lot, rank, containers, location, opened_on, end_of_use) "
    "SELECT i, printf('MP26-%04d/%d', (i + 1) / 2, 2 - i % 2), (i + 1) / 2, 2 - i % 2, 2, 'A1', '2026-01-12', NULL FROM n WHERE i <= 12 * (SELECT lots FROM scale)",
    "INSERT INTO movement (id, container, kind, quantity, batch, person, at, reason) "
    "SELECT i, i, 'receipt', 125000000000, NULL, 1, '2026-01-05T08:00:00.000Z', NULL FROM n WHERE i <= 12 * (SELECT lots FROM scale)",
    "INSERT INTO formula (id, code, name) VALUES (1, 'BIR20', 'Birabresib 20 mg')",
    "INSERT INTO formula_version (id, number, formula, version, state, product, strength, dose, form, route, recipients, "
    "content_mass, shelf_life, shelf_life_reason, storage, known_effects, list, legal_basis, risk_class, reserve_units, "
    "powder_loss_limit, unaccounted_limit, shell_loss_limit, capsule_loss_limit, label_warnings, author, authored_at, approved_by, "
    "approved_at) "
    "SELECT i, printf('BIR20/%d', i), 1, i, 'approved', 'Birabresib', '20 mg', 20000000, 'gélule', 'orale', NULL, "
    "200000000, 180, 'étude', '15 à 25 °C', NULL, 'none', 'CSP L.5121-1', 'medium', 36, '3.0', '2.0', '5.0', '5.0', NULL, 1, "
    "'2026-01-01T00:00:00.000Z', 2, '2026-01-02T00:00:00.000Z' FROM n WHERE i <= 4",
    "INSERT INTO formula_component (id, version, rank, material, amount, per_capsule, tolerance, overage, salt_factor, density) "
    "SELECT i, (i - 1) / 6 + 1, (i - 1) % 6 + 1, (i - 1) % 6 + 1, iif((i - 1) % 6 > 2, 'count', 'fixed'), 20000000, "
    "iif((i - 1) % 6 > 2, NULL, '1'), NULL, NULL, NULL FROM n WHERE i <= 24",
    "INSERT INTO formula_control (id, version, rank, code, name, kind, method, reference, specification, limit_text, unit, "
    "replicates, units, shares, due, every_batches, justification) "
    "SELECT i, (i - 1) / 3 + 1, (i - 1) % 3 + 1, printf('C%d', i), 'contrôle', 'conformity', 'méthode', NULL, 'conforme', "
    "NULL, NULL, 1, 1, NULL, 'before-release', NULL, NULL FROM n WHERE i <= 12",
    "INSERT INTO equipment (id, code, name, kind, readability, minimum, capacity, control_weight, control_tolerance) "
    "VALUES (1, 'BAL-A', 'Balance A', 'balance', 100000, 160000000, "
    "200000000000, 20000000000, 500000)",
    "INSERT INTO patient (id, pseudonym) SELECT i, printf('P-%06d', i) FROM n WHERE i <= 200000 / (SELECT parts FROM scale)",
    "INSERT INTO request (id, number, patient, formula, prescriber, prescriber_address, prescribed_on, daily_units, days, units, "
    "posology, board_name, board_day, board_number, board_decision, state, legal_basis, reason, decided_by, decided_at, "
    "received_by, received_at) "
    "SELECT i, printf('R26-%07d', i), i % (200000 / (SELECT parts FROM scale)) + 1, 1, 'Dr Exemple', 'CHU, Ville', '2026-01-02', 4, 28, 112, '4 gélules par jour', "
    "'RCP', '2026-01-02', printf('%d', i), 'favourable', 'served', 'CSP L.5121-1', NULL, 2, '2026-01-03T08:00:00.000Z', 1, "
    "'2026-01-02T08:00:00.000Z' FROM n",
    "INSERT INTO batch (id, number, version, formula_content, work_area, state, held, units, requested_units, sampled_units, "
    "reserve_units, loss_units, planned_by, planned_at, registration, made_on, started_at, expiry, expiry_cause, filled, "
    "filled_at, conforming, packaged_at, analysed_on) "
    "SELECT i, printf('B26-%06d', i), i % 4 + 1, printf('%064d', 0), 1, 'released', 0, 1200, 1120, 44, 36, 0, 1, "
    "'2026-01-10T08:00:00.000Z', printf('2026/%06d', i), '2026-01-12', '2026-01-12T08:00:00.000Z', '2026-07-11', 'stability', 1200, "
    "'2026-01-12T10:00:00.000Z', 1120, '2026-01-12T12:00:00.000Z', '2026-01-20' FROM n WHERE i <= 100000 / (SELECT parts FROM scale)",
    /* Input s of batch b comes from lot s * lots + (b / 1000) * 4 + b % 4, that is from 250 batches of one thousand. */
    "INSERT INTO movement (id, container, kind, quantity, batch, person, at, reason) "
    "SELECT 12 * (SELECT lots FROM scale) + i, 2 * ((i - 1) % 6 * (SELECT lots FROM scale) + (i - 1) / 6 / 1000 * 4 + (i - 1) / 6 % 4) + 1 + (i - 1) / 24 % 2, "
    "iif((i - 1) % 6 > 2, 'issue', 'weighing'), -500000000, (i - 1) / 6 + 1, 3, '2026-01-12T09:00:00.000Z', NULL FROM n WHERE i <= 600000 / (SELECT parts FROM scale)",
    "INSERT INTO weighing (id, number, batch, rank, component, container, equipment, state, due, target, low, high, formula, purity, opened_by, opened_at, "
    "tare, net, gross, within, recorded_by, recorded_at, verified_by, verified_at) SELECT i, printf('B26-%06d/W%d', (i - 1) / 3 + 1, (i - 1) % 3 + 1), "
    "(i - 1) / 3 + 1, (i - 1) % 3 + 1, ((i - 1) / 3 + 1) % 4 * 6 + (i - 1) % 3 + 1, "
    "2 * ((i - 1) % 3 * (SELECT lots FROM scale) + (i - 1) / 3 / 1000 * 4 + (i - 1) / 3 % 4) + 1 + (i - 1) / 12 % 2, 1, 'verified', '0.5', 500000000, 495000000, 505000000, "
    "'N x d', '1', 3, '2026-01-12T08:30:00.000Z', 1000000, 500000000, 501000000, 1, 3, '2026-01-12T08:40:00.000Z', 4, '2026-01-12T08:45:00.000Z' "
    "FROM n WHERE i <= 300000 / (SELECT parts FROM scale)",
    "INSERT INTO sample (id, number, batch, rank, purpose, destinations, units, used, person, at) "
    "SELECT i, printf('B26-%06d/S%d', (i + 1) / 2, 2 - i % 2), (i + 1) / 2, 2 - i % 2, iif(i % 2, 'control', 'reserve'), 'C1', 36, 0, 3, '2026-01-12T11:00:00.000Z' FROM n WHERE i <= 200000 / (SELECT parts FROM scale)",
    "INSERT INTO result (id, number, batch, rank, control, state, stage, analysed_on, entered_by, opened_at, closed_at, verdict, stated, verified_by, "
    "verified_at) SELECT i, printf('B26-%06d/R%d', (i - 1) / 3 + 1, (i - 1) % 3 + 1), (i - 1) / 3 + 1, (i - 1) % 3 + 1, "
    "((i - 1) / 3 + 1) % 4 * 3 + (i - 1) % 3 + 1, 'verified', 1, '2026-01-20', 5, '2026-01-20T08:00:00.000Z', '2026-01-20T09:00:00.000Z', 'complies', "
    "'conforme', 6, '2026-01-20T10:00:00.000Z' FROM n WHERE i <= 300000 / (SELECT parts FROM scale)",
    "INSERT INTO decision (id, batch, kind, reason, exceptions, person, at, meaning, sequence, head) "
    "SELECT i, i, 'release', NULL, '[]', 2, '2026-01-21T08:00:00.000Z', 'Je libère.', 1, printf('%064d', 0) FROM n WHERE i <= 100000 / (SELECT parts FROM scale)",
    "INSERT INTO document (id, number, kind, subject_kind, subject, issue, pages, language, template, drawn_from, head, data_digest, bytes, issued_by, "
    "issued_at) SELECT i, printf('C26-%06d', i), iif(i % 2, 'certificate-of-analysis', 'batch-record'), 'batch', printf('B26-%06d', (i + 1) / 2), 1, 2, "
    "'fr', 'certificate', 1, printf('%064d', 0), printf('%064d', 0), printf('%064d', 0), 2, '2026-01-21T08:00:00.000Z' FROM n WHERE i <= 200000 / (SELECT parts FROM scale)",
    "INSERT INTO cost_sheet (id, batch, exact, total, dispensable, rates_of, formula, frozen_by, frozen_at) "
    "SELECT i, i, '1076.09', 1076090000, 1120, '2026-01-12', '1076.09', 2, '2026-01-21T09:00:00.000Z' FROM n WHERE i <= 100000 / (SELECT parts FROM scale)",
    "INSERT INTO bottle (id, number, batch, rank, bottles, units, destroyed) "
    "SELECT i, printf('B26-%06d/%d', (i - 1) / 10 + 1, (i - 1) % 10 + 1), (i - 1) / 10 + 1, (i - 1) % 10 + 1, 10, 112, 0 FROM n",
    /* Dispensing i is of the batch that comes next among a hundred; its request has the same rank. */
    "INSERT INTO batch_request (batch, request, units) SELECT (i - 1) / 1000 * 100 + (i - 1) % 100 + 1, i, 112 FROM n",
    "INSERT INTO dispensing (id, number, batch, request, patient, units, charged, charge_formula, state, confirmed_by, confirmed_at, "
    "checked_by, checked_at, handed_over_by, handed_over_at, collected_by, cancelled_by, cancelled_at, cancel_reason) "
    "SELECT i, printf('2026/%07d', i), (i - 1) / 1000 * 100 + (i - 1) % 100 + 1, i, i % (200000 / (SELECT parts FROM scale)) + 1, 112, 107610000, "
    "'1076.09 × 112 / 1120 - 0.00 = 107.61 EUR', 'handed-over', 2, '2026-01-22T08:00:00.000Z', 2, '2026-01-22T08:10:00.000Z', 2, "
    "'2026-01-22T08:20:00.000Z', NULL, NULL, NULL, NULL FROM n",
    "INSERT INTO dispensing_bottle (dispensing, bottle, scanned_at) "
    "SELECT i, ((i - 1) / 1000 * 100 + (i - 1) % 100) * 10 + (i - 1) % 1000 / 100 + 1, '2026-01-22T08:05:00.000Z' FROM n",
    "COMMIT", "PRAGMA wal_checkpoint(TRUNCATE)",
};

static int fail_with(const char *what, const char *why)
{
    fprintf(stderr, "generate: %s: %s\n", what, why ? why : "failed");
    return 1;
}

static int drop_triggers(sqlite3 *database)
{
    char sql[16384] = "";
    sqlite3_stmt *names = NULL;
    if (sqlite3_prepare_v2(database, "SELECT name FROM sqlite_schema WHERE type = 'trigger'", -1, &names, NULL) != SQLITE_OK)
        return fail_with("triggers", sqlite3_errmsg(database));
    while (sqlite3_step(names) == SQLITE_ROW) {
        size_t length = strlen(sql);
        snprintf(sql + length, sizeof sql - length, "DROP TRIGGER \"%s\";", (const char *)sqlite3_column_text(names, 0));
    }
    sqlite3_finalize(names);
    return sqlite3_exec(database, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : fail_with("triggers", sqlite3_errmsg(database));
}

static int make(const char *path)
{
    ARENA_SCOPE arena *arena = arena_new();
    outcome outcome = outcome_new(arena);
    STORE_SCOPE store *store = NULL;
    if (store_create(path, &outcome, &store) != DONE || store_migrate(store, "2026-01-01T00:00:00.000Z", "UTC") != DONE)
        return fail_with(path, outcome.failure);
    return 0;
}

int main(int argc, char **argv)
{
    long parts = argc == 3 ? strtol(argv[2], NULL, 10) : 1;
    if (argc < 2 || argc > 3 || parts < 1 || 100 % parts != 0 || !digest_start())
        return fail_with("usage", "generate DATABASE [PARTS], a divisor of 100: a hundredth is enough to see that all fits");
    if (make(argv[1]) != 0)
        return 1;
    sqlite3 *database = NULL;
    if (sqlite3_open(argv[1], &database) != SQLITE_OK || drop_triggers(database) != 0)
        return fail_with(argv[1], sqlite3_errmsg(database));
    char scale[128];
    snprintf(scale, sizeof scale, "CREATE TEMP TABLE scale (parts INTEGER PRIMARY KEY, lots INTEGER); INSERT INTO scale VALUES (%ld, %ld)", parts, 400 / parts);
    if (sqlite3_exec(database, scale, NULL, NULL, NULL) != SQLITE_OK)
        return fail_with("scale", sqlite3_errmsg(database));
    time_t started = time(NULL);
    for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
        if (sqlite3_exec(database, statements[i], NULL, NULL, NULL) != SQLITE_OK)
            return fail_with(statements[i], sqlite3_errmsg(database));
    sqlite3_close(database);
    printf("%s: %ld batches, %ld inputs, %ld dispensings in %ld s\n", argv[1], 100000 / parts, 600000 / parts, 1000000 / parts,
           (long)(time(NULL) - started));
    return 0;
}
