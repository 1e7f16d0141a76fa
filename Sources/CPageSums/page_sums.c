#include "page_sums.h"

#include <string.h>

// Places in the header of a database (sqlite.org/fileformat2.html, 1.3).
enum { HEADER_SIZE = 100, PAGE_SIZE_AT = 16, WRITE_FORMAT_AT = 18, READ_FORMAT_AT = 19, RESERVED_AT = 20 };

// What SQLite hands on to the file without understanding it.
enum { BEGIN_CODE = 0x67780012 };

// A file of a database: ours before that of the layer below, which has the rest of the room.
typedef struct {
  sqlite3_file base;
  int carries_sums;
  // Whether it will, from its first page on: it is new, or written anew as a whole.
  int may_begin;
} PageFile;

static sqlite3_vfs *below;

static sqlite3_file *real(sqlite3_file *file) { return (sqlite3_file *)((PageFile *)file + 1); }

// MARK: Sums

static uint32_t word(const uint8_t *bytes) {
  return (uint32_t)bytes[0] | (uint32_t)bytes[1] << 8 | (uint32_t)bytes[2] << 16 | (uint32_t)bytes[3] << 24;
}

static void put(uint32_t word, uint8_t *bytes) {
  for (int i = 0; i < 4; i++) bytes[i] = (uint8_t)(word >> 8 * i);
}

void page_sum(const uint8_t *page, size_t size, uint8_t sum[PAGE_SUM_SIZE]) {
  uint32_t one = 0, two = 0;
  for (const uint8_t *at = page, *end = page + size - PAGE_SUM_SIZE; at < end; at += 8) {
    one += word(at) + two;
    two += word(at + 4) + one;
  }
  put(one, sum);
  put(two, sum + 4);
}

int page_sum_holds(const uint8_t *page, size_t size) {
  uint8_t sum[PAGE_SUM_SIZE];
  page_sum(page, size, sum);
  return memcmp(sum, page + size - PAGE_SUM_SIZE, PAGE_SUM_SIZE) == 0;
}

size_t page_size(const uint8_t *header) {
  size_t size = (size_t)header[PAGE_SIZE_AT] << 8 | header[PAGE_SIZE_AT + 1];
  if (size == 1) return 65536;
  return size >= 512 && (size & (size - 1)) == 0 ? size : 0;
}

static int says_so(const uint8_t *header) {
  return header[RESERVED_AT] == PAGE_SUM_SIZE && header[WRITE_FORMAT_AT] == PAGE_SUM_FORMAT;
}

void page_sums_mark(uint8_t *page) { page[WRITE_FORMAT_AT] = PAGE_SUM_FORMAT; }

int page_sums_carried(const uint8_t *page, size_t size) {
  if (says_so(page)) return 1;
  // One of the two may be what was damaged.
  uint8_t mended[65536];
  if (size > sizeof mended) return 0;
  memcpy(mended, page, size);
  mended[RESERVED_AT] = PAGE_SUM_SIZE;
  mended[WRITE_FORMAT_AT] = PAGE_SUM_FORMAT;
  return page_sum_holds(mended, size);
}

// MARK: Reading and writing

static int is_page(int size) { return size >= 512; }

// SQLite may write it: it knows nothing of the sums.
static void show_as_writable(uint8_t *header) {
  if (says_so(header)) header[WRITE_FORMAT_AT] = header[READ_FORMAT_AT];
}

static int read_file(sqlite3_file *file, void *bytes, int size, sqlite3_int64 offset) {
  int code = real(file)->pMethods->xRead(real(file), bytes, size, offset);
  if (code != SQLITE_OK) return code;
  if (((PageFile *)file)->carries_sums && is_page(size) && !page_sum_holds(bytes, (size_t)size)) {
    sqlite3_log(SQLITE_IOERR_DATA, "the page at %lld is damaged", offset);
    return SQLITE_IOERR_DATA;
  }
  if (offset == 0 && size >= HEADER_SIZE) show_as_writable(bytes);
  return SQLITE_OK;
}

// The bytes are SQLite's own copy of a page; it leaves the last eight to us.
static int write_page(sqlite3_file *file, uint8_t *page, int size, sqlite3_int64 offset) {
  uint8_t format = page[WRITE_FORMAT_AT];
  if (offset == 0) page[WRITE_FORMAT_AT] = PAGE_SUM_FORMAT;
  page_sum(page, (size_t)size, page + size - PAGE_SUM_SIZE);
  int code = real(file)->pMethods->xWrite(real(file), page, size, offset);
  if (offset == 0) page[WRITE_FORMAT_AT] = format;
  return code;
}

static int write_file(sqlite3_file *file, const void *bytes, int size, sqlite3_int64 offset) {
  PageFile *pages = (PageFile *)file;
  if (offset == 0 && is_page(size)) {
    int has_room = ((const uint8_t *)bytes)[RESERVED_AT] == PAGE_SUM_SIZE;
    pages->carries_sums = has_room && (pages->carries_sums || pages->may_begin);
  }
  if (pages->carries_sums && is_page(size)) return write_page(file, (uint8_t *)bytes, size, offset);
  // A page that came before the first one has no sum.
  if (offset != 0) pages->may_begin = 0;
  return real(file)->pMethods->xWrite(real(file), bytes, size, offset);
}

// Never in memory that is shared with the file: what is read there is seen by nobody.
static int fetch(sqlite3_file *file, sqlite3_int64 offset, int size, void **bytes) {
  *bytes = NULL;
  return SQLITE_OK;
}

static int unfetch(sqlite3_file *file, sqlite3_int64 offset, void *bytes) { return SQLITE_OK; }

// MARK: What the layer below does

static int close_file(sqlite3_file *file) { return real(file)->pMethods->xClose(real(file)); }
static int truncate_file(sqlite3_file *file, sqlite3_int64 size) { return real(file)->pMethods->xTruncate(real(file), size); }
static int sync_file(sqlite3_file *file, int flags) { return real(file)->pMethods->xSync(real(file), flags); }
static int size_file(sqlite3_file *file, sqlite3_int64 *size) { return real(file)->pMethods->xFileSize(real(file), size); }
static int lock(sqlite3_file *file, int level) { return real(file)->pMethods->xLock(real(file), level); }
static int unlock(sqlite3_file *file, int level) { return real(file)->pMethods->xUnlock(real(file), level); }
static int is_reserved(sqlite3_file *file, int *out) { return real(file)->pMethods->xCheckReservedLock(real(file), out); }
static int control(sqlite3_file *file, int what, void *of) {
  if (what != BEGIN_CODE) return real(file)->pMethods->xFileControl(real(file), what, of);
  ((PageFile *)file)->may_begin = *(int *)of;
  return SQLITE_OK;
}
static int sector_size(sqlite3_file *file) { return real(file)->pMethods->xSectorSize(real(file)); }
static int traits(sqlite3_file *file) { return real(file)->pMethods->xDeviceCharacteristics(real(file)); }
static int shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **at) {
  return real(file)->pMethods->xShmMap(real(file), page, size, extend, at);
}
static int shm_lock(sqlite3_file *file, int offset, int count, int flags) {
  return real(file)->pMethods->xShmLock(real(file), offset, count, flags);
}
static void shm_barrier(sqlite3_file *file) { real(file)->pMethods->xShmBarrier(real(file)); }
static int shm_unmap(sqlite3_file *file, int remove) { return real(file)->pMethods->xShmUnmap(real(file), remove); }

static const sqlite3_io_methods methods = {
  3, close_file, read_file, write_file, truncate_file, sync_file, size_file, lock, unlock, is_reserved, control,
  sector_size, traits, shm_map, shm_lock, shm_barrier, shm_unmap, fetch, unfetch,
};

// MARK: Opening

// What the first page tells when a database is opened: a header that is damaged later is refused by its sum.
static void look_at(sqlite3_file *file) {
  PageFile *pages = (PageFile *)file;
  sqlite3_file *there = real(file);
  uint8_t page[65536];
  sqlite3_int64 length = 0;
  if (there->pMethods->xFileSize(there, &length) != SQLITE_OK) return;
  pages->may_begin = length == 0;
  if (length < HEADER_SIZE || there->pMethods->xRead(there, page, HEADER_SIZE, 0) != SQLITE_OK) return;
  size_t size = page_size(page);
  int has_page = size != 0 && length >= (sqlite3_int64)size;
  if (has_page && there->pMethods->xRead(there, page, (int)size, 0) != SQLITE_OK) return;
  pages->carries_sums = has_page ? page_sums_carried(page, size) : says_so(page);
}

// Other files than databases, such as journals and logs, are left to the layer below.
static int open_file(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *out) {
  if (!(flags & SQLITE_OPEN_MAIN_DB)) return below->xOpen(below, name, file, flags, out);
  memset(file, 0, sizeof(PageFile));
  int code = below->xOpen(below, name, real(file), flags, out);
  if (real(file)->pMethods == NULL) return code;
  file->pMethods = &methods;
  if (code == SQLITE_OK) look_at(file);
  return code;
}

int page_sums_register(void) {
  static sqlite3_vfs layer;
  // For files that are opened as nobody's to write; refused where SQLite is at work already, which may know of it.
  sqlite3_config(SQLITE_CONFIG_URI, 1);
  int code = sqlite3_initialize();
  if (code != SQLITE_OK || below != NULL) return code;
  below = sqlite3_vfs_find(NULL);
  if (below == NULL) return SQLITE_ERROR;
  // All but opening is done by the functions of the layer below, which find there what is theirs.
  layer = *below;
  layer.pNext = NULL;
  layer.zName = "guanxi";
  layer.szOsFile += (int)sizeof(PageFile);
  layer.xOpen = open_file;
  return sqlite3_vfs_register(&layer, 1);
}

int page_sums_reserve(sqlite3 *db) {
  int size = PAGE_SUM_SIZE;
  return sqlite3_file_control(db, "main", SQLITE_FCNTL_RESERVE_BYTES, &size);
}

int page_sums_begin(sqlite3 *db, int may_begin) { return sqlite3_file_control(db, "main", BEGIN_CODE, &may_begin); }
