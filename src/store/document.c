#include "magistral/store/document.h"

#include "statement.h"

SHAPE(template, TEMPLATE_FIELDS)
SHAPE(document, DOCUMENT_FIELDS)
SHAPE(label, LABEL_FIELDS)

QUERY(TEMPLATE_INSERT, template, nothing, SQL_INSERT("template", TEMPLATE_FIELDS))
QUERY(TEMPLATE_BY_ID, template, template, SQL_SELECT("template", TEMPLATE_FIELDS) "WHERE id = :id")
QUERY(DOCUMENT_INSERT, document, nothing, SQL_INSERT("document", DOCUMENT_FIELDS))
QUERY(DOCUMENT_BY_ID, document, document, SQL_SELECT("document", DOCUMENT_FIELDS) "WHERE id = :id")
QUERY(DOCUMENT_BY_NUMBER, document, document, SQL_SELECT("document", DOCUMENT_FIELDS) "WHERE number = :number")
QUERY(LABEL_INSERT, label, nothing, SQL_INSERT("label", LABEL_FIELDS))
QUERY(LABEL_BY_ID, label, label, SQL_SELECT("label", LABEL_FIELDS) "WHERE id = :id")
QUERY(LABEL_BY_NUMBER, label, label, SQL_SELECT("label", LABEL_FIELDS) "WHERE number = :number")

QUERY(TEMPLATE_BY_VERSION, template, template, SQL_SELECT("template", TEMPLATE_FIELDS) "WHERE name = :name AND version = :version")
QUERY(TEMPLATE_IN_FORCE, template, template,
      SQL_SELECT("template", TEMPLATE_FIELDS) "WHERE name = :name AND approved_by IS NOT NULL AND withdrawn_by IS NULL ORDER BY version DESC LIMIT 1")
QUERY(TEMPLATE_LAST, template, template, SQL_SELECT("template", TEMPLATE_FIELDS) "WHERE name = :name ORDER BY version DESC LIMIT 1")
QUERY(TEMPLATE_LIST, nothing, template, SQL_SELECT("template", TEMPLATE_FIELDS) "ORDER BY name, version")
QUERY(TEMPLATE_APPROVE, template, nothing,
      "UPDATE template SET approved_by = :approved_by, approved_at = :approved_at WHERE id = :id AND approved_by IS NULL")
QUERY(TEMPLATE_WITHDRAW, template, nothing,
      "UPDATE template SET withdrawn_by = :withdrawn_by, withdrawn_at = :withdrawn_at, withdrawn_reason = :withdrawn_reason "
      "WHERE id = :id AND withdrawn_by IS NULL")
QUERY(DOCUMENT_LAST, nothing, document, SQL_SELECT("document", DOCUMENT_FIELDS) "ORDER BY id DESC LIMIT 1")
QUERY(DOCUMENT_LAST_DRAWN_BY, document, document,
      SQL_SELECT("document", DOCUMENT_FIELDS) "WHERE substr(template, 1, length(:template)) = :template ORDER BY id DESC LIMIT 1")
QUERY(DOCUMENT_LAST_ISSUE, document, document,
      SQL_SELECT("document", DOCUMENT_FIELDS)
      "WHERE kind = :kind AND subject_kind = :subject_kind AND subject = :subject ORDER BY issue DESC LIMIT 1")
QUERY(DOCUMENT_LAST_OF_YEAR, document, document,
      SQL_SELECT("document", DOCUMENT_FIELDS) "WHERE number >= :number AND number < :subject ORDER BY id DESC LIMIT 1")
QUERY(DOCUMENT_REPLACING, document, document, SQL_SELECT("document", DOCUMENT_FIELDS) "WHERE replaces = :id")
QUERY(DOCUMENT_LIST, document, document,
      SQL_SELECT("document", DOCUMENT_FIELDS) "WHERE (:subject IS NULL OR subject = :subject) AND (:kind IS NULL OR kind = :kind) ORDER BY id DESC")
QUERY(DOCUMENT_OF_SUBJECT, document, document,
      SQL_SELECT("document", DOCUMENT_FIELDS) "WHERE subject_kind = :subject_kind AND subject = :subject ORDER BY id")
QUERY(LABEL_BY_TOKEN, label, label, SQL_SELECT("label", LABEL_FIELDS) "WHERE token = :token")
QUERY(LABEL_OF_SUBJECT, label, label, SQL_SELECT("label", LABEL_FIELDS) "WHERE kind = :kind AND subject = :subject ORDER BY id")
QUERY(LABEL_OF_BATCH, label, label, SQL_SELECT("label", LABEL_FIELDS) "WHERE batch = :batch ORDER BY id")
QUERY(LABEL_OF_DOCUMENT, label, label, SQL_SELECT("label", LABEL_FIELDS) "WHERE document = :document ORDER BY id")
QUERY(LABEL_SETTLE, label, nothing, "UPDATE label SET state = :state, reason = :reason WHERE id = :id")
QUERY(LABEL_LAST, nothing, label, SQL_SELECT("label", LABEL_FIELDS) "ORDER BY id DESC LIMIT 1")
