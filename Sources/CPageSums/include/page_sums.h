#ifndef PAGE_SUMS_H
#define PAGE_SUMS_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

// Checksums of the pages of a SQLite database, kept in the last 8 bytes of each, where SQLite lets a program reserve
// room. The place and the sum are those of SQLite's extension "cksumvfs", which can check them too.
//
// A database that carries them says so in its header: 8 bytes are reserved, and the version of the format to write it in
// is 3, which SQLite does not know and therefore only reads. So no other program changes pages and leaves their sums
// behind; a copy that one makes (VACUUM INTO) does not say so and is not held to it.

enum { PAGE_SUM_SIZE = 8, PAGE_SUM_FORMAT = 3 };

// Makes every database that is opened from now on be read and written with checksums, if it carries them or is made with
// room for them. May be called again. Returns a code of SQLite.
int page_sums_register(void);

// Reserves the room: in a new database, which then carries sums from its first page on, or in one that is there by the
// next VACUUM.
int page_sums_reserve(sqlite3 *db);

// Whether a database that is there may begin to carry sums with the next time its first page is written: only while
// every page is being written anew.
int page_sums_begin(sqlite3 *db, int may_begin);

// The sum of a page of this size, a multiple of 8, without its last 8 bytes.
void page_sum(const uint8_t *page, size_t size, uint8_t sum[PAGE_SUM_SIZE]);

// Whether a page carries its sum.
int page_sum_holds(const uint8_t *page, size_t size);

// Whether a database carries sums by what its first page says, or would say if the header were not damaged.
int page_sums_carried(const uint8_t *page, size_t size);

// Says in the first page, which has the room, that all of them carry sums.
void page_sums_mark(uint8_t *page);

// The size of pages that a header of at least 100 bytes tells; 0 where it tells none.
size_t page_size(const uint8_t *header);

#endif
