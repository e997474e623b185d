#include "magistral/store/site.h"

#include "statement.h"

SHAPE(installation, INSTALLATION_FIELDS)
SHAPE(site, SITE_FIELDS)
SHAPE(site_host, SITE_HOST_FIELDS)
SHAPE(setting, SETTING_FIELDS)
SHAPE(signing_key, SIGNING_KEY_FIELDS)
SHAPE(event, EVENT_FIELDS)
SHAPE(event_filter, EVENT_FILTER_FIELDS)
SHAPE(event_trend, EVENT_TREND_FIELDS)
SHAPE(clock_mark, CLOCK_MARK_FIELDS)

QUERY(INSTALLATION, nothing, installation, SQL_SELECT("installation", INSTALLATION_FIELDS))
QUERY(INSTALLATION_INSERT, installation, nothing, SQL_INSERT("installation", INSTALLATION_FIELDS))
QUERY(SITE, nothing, site, SQL_SELECT("site", SITE_FIELDS))
QUERY(SITE_INSERT, site, nothing, SQL_INSERT("site", SITE_FIELDS))
QUERY(SITE_UPDATE, site, nothing,
      "UPDATE site SET name = :name, pharmacy = :pharmacy, address = :address, telephone = :telephone, language = :language, zone = :zone, host = :host WHERE id = 1")
QUERY(SITE_HOST_INSERT, site_host, nothing, SQL_INSERT("site_host", SITE_HOST_FIELDS))
QUERY(SITE_HOST_BY_HOST, site_host, site_host, SQL_SELECT("site_host", SITE_HOST_FIELDS) "WHERE host = :host")
QUERY(SITE_HOST_LIST, nothing, site_host, SQL_SELECT("site_host", SITE_HOST_FIELDS) "ORDER BY id")
QUERY(SETTING_OF, setting, setting, "SELECT name, value, reason FROM setting WHERE name = :name")
QUERY(SETTING_LIST, nothing, setting, "SELECT name, value, reason FROM setting ORDER BY name")
QUERY(SETTING_INSERT, setting, nothing, "INSERT INTO setting (name, value, reason) VALUES (:name, :value, :reason)")
QUERY(SETTING_UPDATE, setting, nothing, "UPDATE setting SET value = :value, reason = :reason WHERE name = :name")
QUERY(SIGNING_KEY_INSERT, signing_key, nothing, SQL_INSERT("signing_key", SIGNING_KEY_FIELDS))
QUERY(SIGNING_KEY_LIST, nothing, signing_key, SQL_SELECT("signing_key", SIGNING_KEY_FIELDS) "ORDER BY id DESC")
QUERY(EVENT_INSERT, event, nothing, SQL_INSERT("event", EVENT_FIELDS))
QUERY(EVENT_ROWS, event_filter, event,
      SQL_SELECT("event", EVENT_FIELDS) "WHERE (:kind IS NULL OR kind = :kind) AND (:person IS NULL OR person = :person) "
      "AND (:subject IS NULL OR subject = :subject) AND (:since IS NULL OR at >= :since) AND (:until IS NULL OR at < :until) "
      "ORDER BY id DESC")
QUERY(EVENT_TREND, event_filter, event_trend,
      "SELECT substr(at, 1, 7) AS month, kind, count(*) AS events, count(DISTINCT person) AS people FROM event WHERE (:kind IS NULL OR kind = :kind) "
      "AND (:since IS NULL OR at >= :since) AND (:until IS NULL OR at < :until) GROUP BY month, kind ORDER BY month DESC, kind")
QUERY(EVENT_LAST_CLOCK, nothing, event,
      SQL_SELECT("event", EVENT_FIELDS) "WHERE kind IN ('clock-jump', 'clock-confirmed') ORDER BY id DESC LIMIT 1")
QUERY(EVENT_RESTORE_CONFIRMED, event, event,
      SQL_SELECT("event", EVENT_FIELDS) "WHERE kind = 'restore-confirmed' AND subject = :subject")
QUERY(CLOCK_MARK, nothing, clock_mark, SQL_SELECT("clock_mark", CLOCK_MARK_FIELDS))
QUERY(CLOCK_MARK_INSERT, clock_mark, nothing, SQL_INSERT("clock_mark", CLOCK_MARK_FIELDS))
QUERY(CLOCK_MARK_UPDATE, clock_mark, nothing,
      "UPDATE clock_mark SET boot = :boot, running_milliseconds = :running_milliseconds, wall_milliseconds = :wall_milliseconds WHERE id = 1")
