#include "pool_watch.h"

#define SWIFT_CALL __attribute__((swiftcall))

typedef SWIFT_CALL void (*enqueue)(void *job);

// Of Swift's runtime (Concurrency/Task.h): asked before a job goes to the shared threads.
extern SWIFT_CALL void (*swift_task_enqueueGlobal_hook)(void *job, enqueue original);

static void (*taker)(void *job);

static SWIFT_CALL void hook(void *job, enqueue original) {
  (void)original;
  taker(job);
}

void pool_watch_start(void (*take)(void *job)) {
  taker = take;
  swift_task_enqueueGlobal_hook = hook;
}
