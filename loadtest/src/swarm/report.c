/* What the swarm says of itself: one line of JSON. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "swarm.h"

#define NAMES_MAX 48

static struct {
  char name[64];
  uint64_t count;
} named[NAMES_MAX];
static int names;

void tally(const char *name) {
  for (int i = 0; i < names; i += 1) {
    if (strcmp(named[i].name, name) == 0) {
      named[i].count += 1;
      return;
    }
  }
  if (names == NAMES_MAX) return;
  snprintf(named[names].name, sizeof named[names].name, "%s", name);
  named[names].count = 1;
  names += 1;
}

void tally_clear(void) { names = 0; }

static uint64_t own_cpu_us(void) {
  struct rusage use;
  getrusage(RUSAGE_SELF, &use);
  return (uint64_t)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1000000u +
         (uint64_t)(use.ru_utime.tv_usec + use.ru_stime.tv_usec);
}

/* User and system time of another process, as the kernel accounts it. */
static int64_t cpu_us_of(int pid) {
  char path[48], text[1024];
  snprintf(path, sizeof path, "/proc/%d/stat", pid);
  FILE *file = fopen(path, "r");
  if (file == NULL) return -1;
  size_t length = fread(text, 1, sizeof text - 1, file);
  fclose(file);
  text[length] = 0;
  char *after_name = strrchr(text, ')');
  unsigned long user, system;
  if (after_name == NULL ||
      sscanf(after_name + 2, "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu %lu", &user,
             &system) != 2)
    return -1;
  return (int64_t)(user + system) * 1000000 / sysconf(_SC_CLK_TCK);
}

static void print_named(void) {
  printf("{");
  for (int i = 0; i < names; i += 1) {
    printf("%s\"%s\":%" PRIu64, i > 0 ? "," : "", named[i].name, named[i].count);
  }
  printf("}");
}

/* Fewest and most messages that any open viewer got since the last `reset`. */
static void print_span(const struct swarm *s) {
  uint64_t least = UINT64_MAX, most = 0;
  for (int i = 0; i < s->viewer_count; i += 1) {
    const struct viewer *v = &s->viewers[i];
    if (v->phase != PHASE_OPEN || v->slow) continue;
    if (v->messages < least) least = v->messages;
    if (v->messages > most) most = v->messages;
  }
  if (least > most) least = most;
  printf("{\"least\":%" PRIu64 ",\"most\":%" PRIu64 "}", least, most);
}

void report(struct swarm *s, const char *event, bool buckets) {
  const struct counters *c = &s->counters;
  printf("{\"event\":\"%s\",\"ns\":%" PRIu64 ",\"ownCpuUs\":%" PRIu64
         ",\"idleUs\":%" PRIu64,
         event, now_ns(), own_cpu_us(), s->idle_ns / 1000);
  if (s->options.watched_pid > 0) {
    printf(",\"watchedCpuUs\":%" PRId64, cpu_us_of(s->options.watched_pid));
  }
  printf(",\"open\":%d,\"joining\":%d,\"gone\":%d,\"failed\":%d", s->open, s->joining, s->gone,
         s->failed);
  printf(",\"messages\":%" PRIu64 ",\"patches\":%" PRIu64 ",\"states\":%" PRIu64
         ",\"replies\":%" PRIu64 ",\"others\":%" PRIu64,
         c->messages, c->patches, c->states, c->replies, c->others);
  printf(",\"bytes\":%" PRIu64 ",\"reads\":%" PRIu64 ",\"said\":%" PRIu64 ",\"pings\":%" PRIu64,
         c->bytes, c->reads, c->said, c->pings);
  printf(",\"order\":{\"checked\":%" PRIu64 ",\"broken\":%" PRIu64 "}", c->order_checked,
         c->order_broken);
  printf(",\"patch\":{\"checked\":%" PRIu64 ",\"wrong\":%" PRIu64 "}", c->patches_checked,
         c->patches_wrong);
  printf(",\"perViewer\":");
  print_span(s);
  printf(",\"ends\":");
  print_named();
  printf(",\"latency\":");
  latency_print(s->latency, buckets);
  printf("}\n");
  fflush(stdout);
}
