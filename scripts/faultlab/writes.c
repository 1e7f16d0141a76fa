// Loaded into a program before its libraries: counts what it writes to some files or sends to a port, and
// ends it, or takes the room away, at a given write. What stands in the environment:
//
//   FAULT_FILES    writes to files whose paths begin so count
//   FAULT_PORT     what is sent to this port counts
//   FAULT_AT       at this write the program is killed; nothing when it is 0
//   FAULT_TORN     1 when half of the bytes of that write still get through
//   FAULT_FULL     a file: while it is there none of these files can grow. With it the program is not
//                  killed: the file is made at that write
//   FAULT_COUNT    a file that is told the number of writes when the program ends
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

static atomic_long count;
static long at;
static int port, torn;
static const char *files, *full, *report;

#define REAL(name) ((typeof(&name))real(#name))

static void *real(const char *name) { return dlsym(RTLD_NEXT, name); }

static long number(const char *name) {
  const char *text = getenv(name);
  return text ? atol(text) : 0;
}

__attribute__((constructor)) static void begin(void) {
  at = number("FAULT_AT");
  port = (int)number("FAULT_PORT");
  torn = (int)number("FAULT_TORN");
  files = getenv("FAULT_FILES");
  full = getenv("FAULT_FULL");
  report = getenv("FAULT_COUNT");
  // What the program starts itself is left alone.
  unsetenv("LD_PRELOAD");
}

__attribute__((destructor)) static void end(void) {
  FILE *file = report ? fopen(report, "w") : NULL;
  if (file == NULL) return;
  fprintf(file, "%ld\n", atomic_load(&count));
  fclose(file);
}

static int is_watched(int descriptor) {
  char link[64], path[4096];
  if (files == NULL) return 0;
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length <= 0) return 0;
  path[length] = 0;
  return strncmp(path, files, strlen(files)) == 0;
}

static int goes_to_port(int descriptor) {
  struct sockaddr_in peer;
  socklen_t length = sizeof peer;
  if (port == 0 || getpeername(descriptor, (struct sockaddr *)&peer, &length) != 0) return 0;
  return peer.sin_family == AF_INET && ntohs(peer.sin_port) == port;
}

// Whether this is the write at which it happens.
static int is_due(void) { return atomic_fetch_add(&count, 1) + 1 == at; }

static void die(void) {
  kill(getpid(), SIGKILL);
  for (;;) pause();
}

// Whether there is no room for a file to grow to this size.
static int is_full(int descriptor, off_t size) {
  if (full == NULL) return 0;
  if (is_due()) close(REAL(open)(full, O_CREAT | O_WRONLY, 0600));
  struct stat file;
  return access(full, F_OK) == 0 && fstat(descriptor, &file) == 0 && size > file.st_size;
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t size, off64_t offset) {
  typeof(&pwrite64) write_there = REAL(pwrite64);
  if (!is_watched(descriptor)) return write_there(descriptor, bytes, size, offset);
  if (full) {
    if (is_full(descriptor, offset + (off_t)size)) return errno = ENOSPC, -1;
  } else if (is_due()) {
    if (torn) write_there(descriptor, bytes, size / 2, offset);
    die();
  }
  return write_there(descriptor, bytes, size, offset);
}

ssize_t pwrite(int descriptor, const void *bytes, size_t size, off_t offset) {
  return pwrite64(descriptor, bytes, size, offset);
}

ssize_t write(int descriptor, const void *bytes, size_t size) {
  typeof(&write) write_on = REAL(write);
  if (!is_watched(descriptor)) return write_on(descriptor, bytes, size);
  if (full) {
    off_t offset = lseek(descriptor, 0, SEEK_CUR);
    if (is_full(descriptor, (offset < 0 ? 0 : offset) + (off_t)size)) return errno = ENOSPC, -1;
  } else if (is_due()) {
    if (torn) write_on(descriptor, bytes, size / 2);
    die();
  }
  return write_on(descriptor, bytes, size);
}

ssize_t send(int descriptor, const void *bytes, size_t size, int flags) {
  typeof(&send) send_on = REAL(send);
  if (goes_to_port(descriptor) && is_due()) {
    if (torn) send_on(descriptor, bytes, size / 2, flags);
    die();
  }
  return send_on(descriptor, bytes, size, flags);
}

int fsync(int descriptor) {
  if (is_watched(descriptor) && !full && is_due()) die();
  return REAL(fsync)(descriptor);
}

int fdatasync(int descriptor) {
  if (is_watched(descriptor) && !full && is_due()) die();
  return REAL(fdatasync)(descriptor);
}

int ftruncate64(int descriptor, off64_t size) {
  if (is_watched(descriptor) && !full && is_due()) die();
  return REAL(ftruncate64)(descriptor, size);
}

int ftruncate(int descriptor, off_t size) { return ftruncate64(descriptor, size); }

int unlink(const char *path) {
  if (files && strncmp(path, files, strlen(files)) == 0 && !full && is_due()) die();
  return REAL(unlink)(path);
}
