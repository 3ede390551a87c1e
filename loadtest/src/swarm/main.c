/*
 * Reads the options, then runs the loop: joins, reads, talkers, throttled readers, commands.
 * Commands: `open <n>`, `mark`, `report`, `reset`, `stall`, `resume`, `throttle <bytes/s>`,
 * `talk <talkers> <per second> <count>`, `quit`.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <sched.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <time.h>
#include <unistd.h>

#include "swarm.h"

#define EVENTS_MAX 1024
#define THROTTLE_STEP_NS 50000000ull
#define STDIN_KEY UINT64_MAX

uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * SECOND_NS + (uint64_t)t.tv_nsec;
}

static void fail(const char *text) {
  fprintf(stderr, "swarm: %s\n", text);
  exit(2);
}

static void read_tokens(struct swarm *s) {
  if (s->options.tokens == NULL) return;
  FILE *file = fopen(s->options.tokens, "r");
  if (file == NULL) fail("the file of tokens cannot be read");
  s->token_lines = calloc(VIEWERS_MAX, sizeof *s->token_lines);
  char line[1024];
  while (s->token_count < VIEWERS_MAX && fgets(line, sizeof line, file) != NULL) {
    line[strcspn(line, "\r\n")] = 0;
    s->token_lines[s->token_count++] = strdup(line);
  }
  fclose(file);
}

static void start_joins(struct swarm *s) {
  while (s->next_to_join < s->viewer_count && s->joining < s->options.joining_max) {
    viewer_start(s, &s->viewers[s->next_to_join++]);
  }
}

/* Gives up those whose join takes too long. */
static void expire_joins(struct swarm *s, uint64_t now) {
  if (s->joining == 0) return;
  for (int i = 0; i < s->next_to_join; i += 1) {
    struct viewer *v = &s->viewers[i];
    if (v->phase >= PHASE_OPEN || v->phase == PHASE_IDLE) continue;
    if (now < v->started_ns + JOIN_TIMEOUT_NS) continue;
    viewer_close(s, v, v->phase == PHASE_SEAT       ? "no seat in time"
                       : v->phase == PHASE_UPGRADE ? "no upgrade in time"
                                                   : "no state in time");
  }
}

static void open_more(struct swarm *s, int count) {
  int total = s->viewer_count + count;
  int limit = s->token_count > 0 ? s->token_count : VIEWERS_MAX;
  if (total > limit) total = limit;
  for (int i = s->viewer_count; i < total; i += 1) {
    struct viewer *v = &s->viewers[i];
    v->fd = -1;
    v->index = (uint32_t)i;
    v->slow = s->options.slow_percent > 0 && i % 100 < s->options.slow_percent;
    v->sampled = !v->slow && s->options.sample_every > 0 && i % s->options.sample_every == 0;
  }
  s->viewer_count = total;
}

static void each_slow(struct swarm *s, void (*act)(struct swarm *, struct viewer *)) {
  for (int i = 0; i < s->viewer_count; i += 1) {
    if (s->viewers[i].slow) act(s, &s->viewers[i]);
  }
}

static void read_slowly(struct swarm *s, struct viewer *v) {
  if (v->phase != PHASE_OPEN) return;
  viewer_read(s, v, (size_t)(s->throttle_bytes_per_s * THROTTLE_STEP_NS / SECOND_NS));
}

static void throttle(struct swarm *s, uint64_t now) {
  if (s->throttle_bytes_per_s == 0 || now < s->throttle_next_ns) return;
  s->throttle_next_ns = now + THROTTLE_STEP_NS;
  each_slow(s, read_slowly);
}

/* Sends on a fixed schedule and stamps what was due, not what was late. */
static void talk(struct swarm *s, uint64_t now) {
  while (s->talk_left > 0 && now >= s->talk_next_ns) {
    struct viewer *v = &s->viewers[s->talk_count % (uint64_t)s->talkers];
    s->talk_count += 1;
    if (v->phase == PHASE_OPEN) dialect_say(s, v, s->talk_count, s->talk_next_ns);
    s->talk_next_ns += s->talk_interval_ns;
    s->talk_left -= 1;
    if (s->talk_left == 0) report(s, "talked", false);
  }
}

static void reset(struct swarm *s) {
  latency_clear(s->latency);
  tally_clear();
  memset(&s->counters, 0, sizeof s->counters);
  for (int i = 0; i < s->viewer_count; i += 1) s->viewers[i].messages = 0;
}

static void obey(struct swarm *s, const char *line) {
  long a = 0, b = 0, c = 0;
  if (sscanf(line, "open %ld", &a) == 1) {
    open_more(s, (int)a);
  } else if (strcmp(line, "mark") == 0) {
    report(s, "mark", false);
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
  } else if (sscanf(line, "throttle %ld", &a) == 1 && a > 0) {
    each_slow(s, viewer_hold);
    s->throttle_bytes_per_s = (uint64_t)a;
  } else if (sscanf(line, "talk %ld %ld %ld", &a, &b, &c) == 3 && a > 0 && b > 0) {
    s->talkers = (int)(a > s->viewer_count ? s->viewer_count : a);
    s->talk_interval_ns = SECOND_NS / (uint64_t)b;
    s->talk_left = (uint64_t)c;
    s->talk_next_ns = now_ns() + SECOND_NS / 100;
  } else if (strcmp(line, "spin") == 0) {
    s->spin = true;
  } else if (strcmp(line, "quit") == 0) {
    exit(0);
  }
}

/* End of input means that whoever started the swarm is gone. */
static void read_commands(struct swarm *s) {
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

static int wait_ms(const struct swarm *s, uint64_t now) {
  if (s->spin) return 0;
  uint64_t until = now + SECOND_NS / 4;
  if (s->talk_left > 0 && s->talk_next_ns < until) until = s->talk_next_ns;
  if (s->throttle_bytes_per_s > 0 && s->throttle_next_ns < until) until = s->throttle_next_ns;
  return until <= now ? 0 : (int)((until - now) / 1000000u);
}

static void run(struct swarm *s) {
  static struct epoll_event events[EVENTS_MAX];
  uint64_t expiry_ns = 0;
  bool was_joining = false;
  for (;;) {
    uint64_t now = now_ns();
    if (now > s->ends_ns) {
      report(s, "expired", false);
      exit(3);
    }
    start_joins(s);
    if (now > expiry_ns) {
      expire_joins(s, now);
      expiry_ns = now + SECOND_NS;
    }
    if (was_joining && s->joining == 0) report(s, "opened", false);
    was_joining = s->joining > 0;
    int count = epoll_wait(s->epoll, events, EVENTS_MAX, wait_ms(s, now));
    for (int i = 0; i < count; i += 1) {
      if (events[i].data.u64 == STDIN_KEY) read_commands(s);
      else viewer_ready(s, &s->viewers[events[i].data.u64], events[i].events);
    }
    uint64_t then = now;
    now = now_ns();
    if (count == 0) {
      s->idle_ns += now - then;
      if (s->spin) sched_yield();
    }
    talk(s, now);
    throttle(s, now);
  }
}

static void read_option(struct options *o, int key, const char *value) {
  switch (key) {
    case 'a': o->address = strcmp(value, "localhost") == 0 ? "127.0.0.1" : value; break;
    case 'p': o->port = (uint16_t)atoi(value); break;
    case 'd':
      o->dialect = strcmp(value, "socketio") == 0 ? DIALECT_SOCKETIO
                   : strcmp(value, "raw") == 0    ? DIALECT_RAW
                                                  : DIALECT_COLYSEUS;
      break;
    case 's': o->seat = value; break;
    case 'b': o->body = value; break;
    case 't': o->token = value; break;
    case 'T': o->tokens = value; break;
    case 'u': o->upgrade = value; break;
    case 'y': o->say = value; break;
    case 'S': o->sources = atoi(value); break;
    case 'j': o->joining_max = atoi(value); break;
    case 'e': o->sample_every = atoi(value); break;
    case 'l': o->slow_percent = atoi(value); break;
    case 'r': o->receive_bytes = atoi(value); break;
    case 'L': o->lifetime_s = atoi(value); break;
    case 'f': o->first = atoi(value); break;
    case 'w': o->watched_pid = atoi(value); break;
    default: exit(2);
  }
}

static void read_options(struct options *o, int argc, char **argv) {
  static const struct option known[] = {
      {"address", 1, 0, 'a'}, {"port", 1, 0, 'p'},    {"dialect", 1, 0, 'd'},
      {"seat", 1, 0, 's'},    {"body", 1, 0, 'b'},    {"token", 1, 0, 't'},
      {"tokens", 1, 0, 'T'},  {"upgrade", 1, 0, 'u'}, {"say", 1, 0, 'y'},
      {"sources", 1, 0, 'S'}, {"joining", 1, 0, 'j'}, {"sample", 1, 0, 'e'},
      {"slow", 1, 0, 'l'},    {"receive", 1, 0, 'r'}, {"lifetime", 1, 0, 'L'},
      {"first", 1, 0, 'f'},   {"watch", 1, 0, 'w'},   {0, 0, 0, 0}};
  for (int key = getopt_long(argc, argv, "", known, NULL); key != -1;
       key = getopt_long(argc, argv, "", known, NULL)) {
    read_option(o, key, optarg);
  }
  struct in_addr address;
  if (inet_pton(AF_INET, o->address, &address) != 1 || ntohl(address.s_addr) >> 24 != 127) {
    fail("only loopback addresses (127.0.0.0/8) may be loaded");
  }
  if (o->sources < 1 || o->sources > 250) fail("sources must be 1 to 250");
  if (strlen(o->say) > 31) fail("the command's name is too long");
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "pin") == 0) return pin_command(argc, argv);
  static struct swarm s = {.options = {.address = "127.0.0.1", .body = "{}", .token = "viewer-%d",
                                       .upgrade = "/", .say = "chat.send", .sources = 16,
                                       .joining_max = 64, .sample_every = 50, .lifetime_s = 900}};
  read_options(&s.options, argc, argv);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  read_tokens(&s);
  s.viewers = calloc(VIEWERS_MAX, sizeof *s.viewers);
  s.buffer = malloc(FRAME_BYTES_MAX + READ_BYTES + 8192);
  s.latency = latency_new();
  s.random = (uint32_t)now_ns() | 1;
  s.ends_ns = now_ns() + (uint64_t)s.options.lifetime_s * SECOND_NS;
  s.epoll = epoll_create1(EPOLL_CLOEXEC);
  fcntl(STDIN_FILENO, F_SETFL, fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK);
  struct epoll_event commands = {.events = EPOLLIN, .data.u64 = STDIN_KEY};
  if (epoll_ctl(s.epoll, EPOLL_CTL_ADD, STDIN_FILENO, &commands) != 0) {
    fail("stdin must be a pipe");
  }
  run(&s);
}
