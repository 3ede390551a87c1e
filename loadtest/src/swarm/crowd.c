/* Who joins when: on a schedule, as fast as joins succeed, or back after a loss. */
#include "swarm.h"

#define LATER_EVERY_NS 20000000ull

static int bounded(int count) { return count > VIEWERS_MAX ? VIEWERS_MAX : count; }

static struct viewer *place_of(struct swarm *s, int i) {
  struct viewer *v = &s->viewers[i];
  v->fd = -1;
  v->index = (uint32_t)i;
  v->slow = s->options.slow_percent > 0 && i % 100 < s->options.slow_percent;
  v->sampled = !v->slow && s->options.sample_every > 0 && i % s->options.sample_every == 0;
  return v;
}

/* So many more; `per_second` 0 means as fast as `joining_max` lets them. */
void crowd_open(struct swarm *s, int count, uint64_t per_second) {
  s->viewer_count = bounded(s->next_to_join + count);
  s->join_interval_ns = per_second > 0 ? SECOND_NS / per_second : 0;
  s->join_next_ns = now_ns();
}

/* So many guests sign in and join later. */
void crowd_sign(struct swarm *s, int count) { s->guest_count = bounded(s->next_to_sign + count); }

static void start_signing(struct swarm *s, uint64_t now) {
  while (s->next_to_sign < s->guest_count && s->signing < s->options.joining_max) {
    struct viewer *v = place_of(s, s->next_to_sign++);
    v->only_guest = true;
    v->due_ns = now;
    viewer_start(s, v);
  }
}

static void start_joins(struct swarm *s, uint64_t now) {
  while (s->next_to_join < s->viewer_count && s->joining < s->options.joining_max) {
    if (s->join_interval_ns > 0 && s->join_next_ns > now) return;
    struct viewer *v = place_of(s, s->next_to_join++);
    /* When it was due, not when there was room for it: waiting for room is waiting. */
    v->due_ns = s->join_interval_ns > 0 ? s->join_next_ns : now;
    s->join_next_ns += s->join_interval_ns;
    viewer_start(s, v);
  }
}

static void come_back(struct swarm *s, uint64_t now) {
  static uint64_t next_ns;
  if (s->away == 0 || now < next_ns) return;
  next_ns = now + LATER_EVERY_NS;
  for (int i = 0; i < s->viewer_count; i += 1) {
    struct viewer *v = &s->viewers[i];
    if (v->phase != PHASE_LATER || now < v->due_ns) continue;
    if (s->joining >= s->options.joining_max) return;
    s->away -= 1;
    viewer_start(s, v);
  }
}

/* Gives up those whose join takes too long. */
static void expire_joins(struct swarm *s, uint64_t now) {
  static uint64_t next_ns;
  if (s->joining + s->signing == 0 || now < next_ns) return;
  next_ns = now + SECOND_NS;
  int known = s->next_to_join > s->next_to_sign ? s->next_to_join : s->next_to_sign;
  for (int i = 0; i < known; i += 1) {
    struct viewer *v = &s->viewers[i];
    if (v->phase < PHASE_GUEST || v->phase >= PHASE_OPEN) continue;
    if (now < v->started_ns + JOIN_TIMEOUT_NS) continue;
    viewer_close(s, v, v->phase == PHASE_GUEST     ? "no sign-in in time"
                       : v->phase == PHASE_SEAT    ? "no seat in time"
                       : v->phase == PHASE_UPGRADE ? "no upgrade in time"
                                                   : "no state in time");
  }
}

void crowd_turn(struct swarm *s, uint64_t now) {
  static bool was_joining, was_signing;
  start_signing(s, now);
  start_joins(s, now);
  come_back(s, now);
  expire_joins(s, now);
  http_pump(s, now);
  bool is_signing = s->signing > 0 || s->next_to_sign < s->guest_count;
  bool is_joining = s->joining > 0 || s->next_to_join < s->viewer_count;
  if (was_signing && !is_signing) report(s, "signed", false);
  if (was_joining && !is_joining) report(s, "opened", true);
  was_signing = is_signing;
  was_joining = is_joining;
}

/* Some of those in the room lose their socket at once, or say that they leave. */
void crowd_cut(struct swarm *s, int count, bool politely) {
  if (s->viewer_count == 0) return;
  int at = (int)(next_random(s) % (uint32_t)s->viewer_count);
  for (int seen = 0; seen < s->viewer_count && count > 0; seen += 1) {
    struct viewer *v = &s->viewers[(at + seen) % s->viewer_count];
    if (v->phase != PHASE_OPEN) continue;
    count -= 1;
    if (politely) say_leave(s, v);
    if (v->phase == PHASE_OPEN) viewer_close(s, v, politely ? "left" : "cut");
  }
}
