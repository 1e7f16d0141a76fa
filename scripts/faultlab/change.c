// Changes a database of the product as it does itself, checksums and all: change FILE STATEMENT
#include <stdio.h>

#include "page_sums.h"

int main(int count, char **words) {
  sqlite3 *db;
  if (count != 3) return 2;
  int failed = page_sums_register() || sqlite3_open(words[1], &db) || sqlite3_exec(db, words[2], NULL, NULL, NULL);
  if (failed) fprintf(stderr, "%s: %s\n", words[1], sqlite3_errmsg(db));
  sqlite3_close(db);
  return failed ? 1 : 0;
}
