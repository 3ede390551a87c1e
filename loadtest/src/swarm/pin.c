/* `pin <core> <pid>`: ties all threads of a process, and what it starts later, to one core. */
#define _GNU_SOURCE
#include <dirent.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>

#include "swarm.h"

int pin_command(int argc, char **argv) {
  if (argc != 4) return 2;
  cpu_set_t cores;
  CPU_ZERO(&cores);
  CPU_SET(atoi(argv[2]), &cores);
  char path[48];
  snprintf(path, sizeof path, "/proc/%d/task", atoi(argv[3]));
  DIR *tasks = opendir(path);
  if (tasks == NULL) {
    perror(path);
    return 1;
  }
  int failed = 0;
  for (struct dirent *task = readdir(tasks); task != NULL; task = readdir(tasks)) {
    int id = atoi(task->d_name);
    if (id > 0 && sched_setaffinity(id, sizeof cores, &cores) != 0) failed += 1;
  }
  closedir(tasks);
  return failed == 0 ? 0 : 1;
}
