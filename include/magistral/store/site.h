#ifndef MAGISTRAL_STORE_SITE_H
#define MAGISTRAL_STORE_SITE_H

#include "magistral/store/store.h"

#define INSTALLATION_FIELDS(INTEGER, TEXT) TEXT(identifier) INTEGER(rehearsal) TEXT(created)
RECORD(installation, INSTALLATION_FIELDS)

#define SITE_FIELDS(INTEGER, TEXT) TEXT(name) TEXT(pharmacy) TEXT(address) TEXT(telephone) TEXT(language) TEXT(zone) TEXT(host)
RECORD(site, SITE_FIELDS)

#define SITE_HOST_FIELDS(INTEGER, TEXT) TEXT(host) TEXT(since)
RECORD(site_host, SITE_HOST_FIELDS)

#define SETTING_FIELDS(INTEGER, TEXT) TEXT(name) TEXT(value) TEXT(reason)
RECORD(setting, SETTING_FIELDS)

#define SIGNING_KEY_FIELDS(INTEGER, TEXT) TEXT(public_key) TEXT(since)
RECORD(signing_key, SIGNING_KEY_FIELDS)

#define EVENT_FIELDS(INTEGER, TEXT) TEXT(at) TEXT(kind) TEXT(person) TEXT(subject) TEXT(detail)
RECORD(event, EVENT_FIELDS)

/* Selects events; every field may be absent. */
#define EVENT_FILTER_FIELDS(INTEGER, TEXT) TEXT(kind) TEXT(person) TEXT(subject) TEXT(since) TEXT(until)
RECORD(event_filter, EVENT_FILTER_FIELDS)

/* How many events of a kind a month saw; the filter's period. */
#define EVENT_TREND_FIELDS(INTEGER, TEXT) TEXT(month) TEXT(kind) INTEGER(events) INTEGER(people)
RECORD(event_trend, EVENT_TREND_FIELDS)

#define CLOCK_MARK_FIELDS(INTEGER, TEXT) TEXT(boot) INTEGER(running_milliseconds) INTEGER(wall_milliseconds)
RECORD(clock_mark, CLOCK_MARK_FIELDS)

extern const query INSTALLATION, INSTALLATION_INSERT;
extern const query SITE, SITE_INSERT, SITE_UPDATE;
extern const query SITE_HOST_INSERT, SITE_HOST_BY_HOST, SITE_HOST_LIST; /* site_host.host */
extern const query SETTING_OF, SETTING_INSERT, SETTING_UPDATE, SETTING_LIST; /* setting.name */
extern const query SIGNING_KEY_INSERT, SIGNING_KEY_LIST;
extern const query EVENT_INSERT;
extern const query EVENT_ROWS;               /* event_filter -> event, newest first */
extern const query EVENT_TREND;              /* event_filter -> event_trend, newest month first */
extern const query EVENT_LAST_CLOCK;         /* the last clock-jump or clock-confirmed */
extern const query EVENT_RESTORE_CONFIRMED;  /* event.subject, SEQUENCE:HEAD */
extern const query CLOCK_MARK, CLOCK_MARK_INSERT, CLOCK_MARK_UPDATE;

#endif
