/*
 * Commands on stdin: `guests <n>`, `open <n> [<per second>]`, `cut <n>`,
 * `leave <n>`, `mark`, `tick`, `report`, `reset`, `stall`, `resume`, `throttle <bytes/s>`,
 * `talk <talkers> <per second> <count>`, `addresses <list>`, `spin`, `quit`.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "swarm.h"

static void each_slow(struct swarm *s, void (*act)(struct swarm *, struct viewer *)) {
  for (int i = 0; i < s->viewer_count; i += 1) {
    if (s->viewers[i].slow) act(s, &s->viewers[i]);
  }
}

static void reset(struct swarm *s) {
  latency_clear(s->latency);
  latency_clear(s->second);
  latency_clear(s->joins);
  latency_clear(s->returns);
  tally_clear();
  memset(&s->counters, 0, sizeof s->counters);
  for (int i = 0; i < s->viewer_count; i += 1) s->viewers[i].messages = 0;
}

static bool obey_crowd(struct swarm *s, const char *line) {
  long a = 0, b = 0, c = 0;
  if (sscanf(line, "open %ld %ld", &a, &b) >= 1) {
    crowd_open(s, (int)a, (uint64_t)b);
  } else if (sscanf(line, "guests %ld", &a) == 1) {
    crowd_sign(s, (int)a);
  } else if (sscanf(line, "cut %ld", &a) == 1) {
    crowd_cut(s, (int)a, false);
  } else if (sscanf(line, "leave %ld", &a) == 1) {
    crowd_cut(s, (int)a, true);
  } else if (sscanf(line, "talk %ld %ld %ld", &a, &b, &c) == 3 && a > 0 && b > 0) {
    s->talkers = (int)(a > s->viewer_count ? s->viewer_count : a);
    s->talk_interval_ns = SECOND_NS / (uint64_t)b;
    s->talk_left = (uint64_t)c;
    s->talk_next_ns = now_ns() + SECOND_NS / 100;
  } else {
    return false;
  }
  return true;
}

static void obey(struct swarm *s, const char *line) {
  long bytes = 0;
  if (obey_crowd(s, line)) return;
  if (strcmp(line, "mark") == 0) {
    report(s, "mark", false);
  } else if (strcmp(line, "tick") == 0) {
    report(s, "tick", true);
    latency_clear(s->second);
    s->turn_max_ns = 0;
  } else if (strcmp(line, "report") == 0) {
    report(s, "report", true);
  } else if (strcmp(line, "reset") == 0) {
    reset(s);
    report(s, "reset", false);
  } else if (strcmp(line, "stall") == 0) {
    each_slow(s, viewer_hold);
  } else if (strcmp(line, "resume") == 0) {
    s->throttle_bytes_per_s = 0;
    each_slow(s, viewer_release);
  } else if (sscanf(line, "throttle %ld", &bytes) == 1 && bytes > 0) {
    each_slow(s, viewer_hold);
    s->throttle_bytes_per_s = (uint64_t)bytes;
  } else if (strncmp(line, "addresses ", 10) == 0) {
    read_places(&s->options, line + 10);
  } else if (strcmp(line, "spin") == 0) {
    s->spin = true;
  } else if (strcmp(line, "quit") == 0) {
    exit(0);
  }
}

/* End of input means that whoever started the swarm is gone. */
void read_commands(struct swarm *s) {
  static char pending[4096];
  static size_t held;
  ssize_t got = read(STDIN_FILENO, pending + held, sizeof pending - held - 1);
  if (got == 0) exit(0);
  if (got < 0) return;
  held += (size_t)got;
  pending[held] = 0;
  char *line = pending;
  for (char *end = strchr(line, '\n'); end != NULL; end = strchr(line, '\n')) {
    *end = 0;
    obey(s, line);
    line = end + 1;
  }
  held -= (size_t)(line - pending);
  memmove(pending, line, held);
}
