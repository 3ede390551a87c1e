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

static int64_t run_queue_ns(void) {
  FILE *file = fopen("/proc/self/schedstat", "r");
  unsigned long long ran = 0, waited = 0;
  if (file == NULL) return -1;
  int found = fscanf(file, "%llu %llu", &ran, &waited);
  fclose(file);
  return found == 2 ? (int64_t)waited : -1;
}

static void print_counters(const struct counters *c) {
  printf(",\"messages\":%" PRIu64 ",\"patches\":%" PRIu64 ",\"states\":%" PRIu64
         ",\"deflated\":%" PRIu64 ",\"replies\":%" PRIu64 ",\"others\":%" PRIu64,
         c->messages, c->patches, c->states, c->deflated, c->replies, c->others);
  printf(",\"bytes\":%" PRIu64 ",\"reads\":%" PRIu64 ",\"said\":%" PRIu64
         ",\"pings\":%" PRIu64 ",\"askedAgain\":%" PRIu64,
         c->bytes, c->reads, c->said, c->pings, c->asked_again);
  printf(",\"order\":{\"checked\":%" PRIu64 ",\"broken\":%" PRIu64 "}", c->order_checked,
         c->order_broken);
  printf(",\"patch\":{\"checked\":%" PRIu64 ",\"wrong\":%" PRIu64 "}", c->patches_checked,
         c->patches_wrong);
  printf(",\"log\":{\"entries\":%" PRIu64 ",\"checked\":%" PRIu64 ",\"chains\":%" PRIu64
         ",\"again\":%" PRIu64 ",\"missed\":%" PRIu64 ",\"resyncs\":%" PRIu64
         ",\"rewritten\":%" PRIu64 ",\"spared\":%" PRIu64 ",\"violations\":%" PRIu64 "}",
         c->entries, c->entries_checked, c->chains_checked, c->again, c->missed, c->resyncs,
         c->rewritten, c->spared, c->violations);
}

/* How busy this client was: a busy one measures itself and not the server. */
static void print_headroom(const struct swarm *s) {
  printf(",\"ownCpuUs\":%" PRIu64 ",\"idleUs\":%" PRIu64 ",\"busyUs\":%" PRIu64
         ",\"turnMaxUs\":%" PRIu64 ",\"coreWaitUs\":%" PRId64,
         own_cpu_us(), s->idle_ns / 1000, s->busy_ns / 1000, s->turn_max_ns / 1000,
         run_queue_ns() / 1000);
}

/* Where the viewers stand in the log, and how many are still reading what they missed. */
static void print_heads(const struct swarm *s) {
  uint64_t least = UINT64_MAX, most = 0;
  int reading = 0;
  for (int i = 0; i < s->viewer_count; i += 1) {
    const struct viewer *v = &s->viewers[i];
    if (v->phase != PHASE_OPEN || v->slow || !v->placed) continue;
    if (v->seq < least) least = v->seq;
    if (v->seq > most) most = v->seq;
    if (v->reading) reading += 1;
  }
  if (least > most) least = most;
  printf(",\"heads\":{\"least\":%" PRIu64 ",\"most\":%" PRIu64 ",\"reading\":%d}", least, most,
         reading);
}

/* On `tick` times are those of the last second, else those since `reset`. */
void report(struct swarm *s, const char *event, bool buckets) {
  bool is_tick = strcmp(event, "tick") == 0;
  printf("{\"event\":\"%s\",\"ns\":%" PRIu64, event, now_ns());
  if (s->options.watched_pid > 0) {
    printf(",\"watchedCpuUs\":%" PRId64, cpu_us_of(s->options.watched_pid));
  }
  printf(",\"open\":%d,\"joining\":%d,\"gone\":%d,\"failed\":%d,\"away\":%d,\"signed\":%d",
         s->open, s->joining, s->gone, s->failed, s->away, s->next_to_sign - s->signing);
  print_headroom(s);
  print_counters(&s->counters);
  print_heads(s);
  printf(",\"perViewer\":");
  print_span(s);
  printf(",\"ends\":");
  print_named();
  printf(",\"blocks\":");
  if (is_tick) log_print();
  else printf("[]");
  printf(",\"joins\":");
  latency_print(s->joins, buckets && !is_tick);
  printf(",\"returns\":");
  latency_print(s->returns, buckets && !is_tick);
  printf(",\"latency\":");
  latency_print(is_tick ? s->second : s->latency, buckets);
  printf("}\n");
  fflush(stdout);
}
