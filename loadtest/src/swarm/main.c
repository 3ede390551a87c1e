/* Runs the loop: joins, reads, talkers, throttled readers, commands. */
#define _GNU_SOURCE
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
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
/* Many viewers, few of whom had something to read. */
#define CROWD 5000
#define BUSY_EVENTS 64
#define REST_NS 1000000

uint64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return (uint64_t)t.tv_sec * SECOND_NS + (uint64_t)t.tv_nsec;
}

/* The same seed makes the same choices. */
uint32_t next_random(struct swarm *s) {
  uint32_t x = s->random;
  x ^= x << 13;
  x ^= x >> 17;
  x ^= x << 5;
  s->random = x;
  return x;
}

void fail(const char *text) {
  fprintf(stderr, "swarm: %s\n", text);
  exit(2);
}

static void throttle(struct swarm *s, uint64_t now) {
  if (s->throttle_bytes_per_s == 0 || now < s->throttle_next_ns) return;
  s->throttle_next_ns = now + THROTTLE_STEP_NS;
  size_t bytes = (size_t)(s->throttle_bytes_per_s * THROTTLE_STEP_NS / SECOND_NS);
  for (int i = 0; i < s->viewer_count; i += 1) {
    struct viewer *v = &s->viewers[i];
    if (v->slow && v->phase == PHASE_OPEN) viewer_read(s, v, bytes);
  }
}

static int wait_ms(const struct swarm *s, uint64_t now) {
  if (s->spin) return 0;
  bool is_busy = s->away > 0 || s->next_to_join < s->viewer_count || s->signing > 0;
  uint64_t until = now + (is_busy ? SECOND_NS / 500 : SECOND_NS / 4);
  if (s->talk_left > 0 && s->talk_next_ns < until) until = s->talk_next_ns;
  if (s->throttle_bytes_per_s > 0 && s->throttle_next_ns < until) until = s->throttle_next_ns;
  return until <= now ? 0 : (int)((until - now) / 1000000u);
}

static void handle(struct swarm *s, const struct epoll_event *event) {
  uint64_t key = event->data.u64;
  if (key == STDIN_KEY) read_commands(s);
  else if (key >= LANE_KEY) http_ready(s, key - LANE_KEY, event->events);
  else viewer_ready(s, &s->viewers[key], event->events);
}

/*
 * A crowd that hears all the time would be woken for each frame it is sent. Who rests a little
 * finds several, which costs both sides less and is short beside what is measured in a crowd.
 */
static void rest(const struct swarm *s, int count) {
  if (s->spin || s->open < CROWD || count == 0 || count >= BUSY_EVENTS) return;
  nanosleep(&(struct timespec){.tv_nsec = REST_NS}, NULL);
}

static void run(struct swarm *s) {
  static struct epoll_event events[EVENTS_MAX];
  for (;;) {
    uint64_t started = now_ns();
    if (started > s->ends_ns) {
      report(s, "expired", false);
      exit(3);
    }
    crowd_turn(s, started);
    talk_turn(s, started);
    throttle(s, started);
    uint64_t before = now_ns();
    int count = epoll_wait(s->epoll, events, EVENTS_MAX, wait_ms(s, before));
    uint64_t woken = now_ns();
    for (int i = 0; i < count; i += 1) handle(s, &events[i]);
    if (count == 0) {
      s->idle_ns += woken - started;
      if (s->spin) sched_yield();
    }
    uint64_t turn = now_ns() - woken + (before - started);
    s->busy_ns += turn;
    if (turn > s->turn_max_ns) s->turn_max_ns = turn;
    rest(s, count);
  }
}

int main(int argc, char **argv) {
  if (argc > 1 && strcmp(argv[1], "pin") == 0) return pin_command(argc, argv);
  static struct swarm s = {.options = {.body = "{}", .token = "viewer-%d", .upgrade = "/",
                                       .say = "chat.send", .hearts = 10, .sources = 16, .joining_max = 64,
                                       .lanes = 32, .sample_every = 50, .lifetime_s = 900,
                                       .seed = 1}};
  /* A Ctrl-C goes to the whole group: whoever started this one ends it, after its last word. */
  signal(SIGINT, SIG_IGN);
  signal(SIGHUP, SIG_IGN);
  struct rlimit files;
  getrlimit(RLIMIT_NOFILE, &files);
  files.rlim_cur = files.rlim_max;
  setrlimit(RLIMIT_NOFILE, &files);
  read_options(&s, argc, argv);
  s.buffer = malloc(FRAME_BYTES_MAX + READ_BYTES + 8192);
  s.latency = latency_new();
  s.second = latency_new();
  s.joins = latency_new();
  s.returns = latency_new();
  s.random = s.options.seed * 2654435761u | 1;
  s.ends_ns = now_ns() + (uint64_t)s.options.lifetime_s * SECOND_NS;
  s.epoll = epoll_create1(EPOLL_CLOEXEC);
  fcntl(STDIN_FILENO, F_SETFL, fcntl(STDIN_FILENO, F_GETFL) | O_NONBLOCK);
  struct epoll_event commands = {.events = EPOLLIN, .data.u64 = STDIN_KEY};
  if (epoll_ctl(s.epoll, EPOLL_CTL_ADD, STDIN_FILENO, &commands) != 0) {
    fail("stdin must be a pipe");
  }
  run(&s);
}
