#ifndef MAGISTRAL_STORE_TABLES_H
#define MAGISTRAL_STORE_TABLES_H

/* The four kinds of table. A record is journaled, replayed and compared; a secret never enters the journal and its
 * record row holds a digest; what is passing is neither; the journal's own tables are checked by themselves. */
typedef enum table_kind { TABLE_UNDECLARED, TABLE_RECORD, TABLE_SECRET, TABLE_PASSING, TABLE_JOURNAL } table_kind;

/* The declared kind of a table. */
table_kind tables_kind(const char *table);

#endif
