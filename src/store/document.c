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
