// Loaded into a program before its libraries: its disk takes SLOW_DISK bytes a second, and every flush a while.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <stdlib.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

enum { FLUSH = 20000 };  // microseconds

static void take(ssize_t bytes) {
  const char *rate = getenv("SLOW_DISK");
  if (rate && bytes > 0) usleep((useconds_t)(1000000.0 * (double)bytes / atof(rate)));
}

ssize_t pwrite(int file, const void *bytes, size_t count, off_t offset) {
  ssize_t done = REAL(pwrite)(file, bytes, count, offset);
  take(done);
  return done;
}

ssize_t pwrite64(int file, const void *bytes, size_t count, off64_t offset) {
  ssize_t done = REAL(pwrite64)(file, bytes, count, offset);
  take(done);
  return done;
}

int fsync(int file) {
  usleep(FLUSH);
  return REAL(fsync)(file);
}

int fdatasync(int file) {
  usleep(FLUSH);
  return REAL(fdatasync)(file);
}
