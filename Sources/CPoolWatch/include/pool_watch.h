#pragma once

/// Gives every job that would go to the threads Swift shares among all tasks to `take` instead.
void pool_watch_start(void (*take)(void *job));
