/*
 * What servers on the bench write, looked at by sampled viewers: a text carries
 * `~<number>~<stamp>~`, a state carries `^^P<tick>^^` and a filling.
 */
#define _GNU_SOURCE
#include <string.h>

#include "swarm.h"

enum { SEQ_DIGITS = 10, STAMP_DIGITS = 16, TICK_DIGITS = 10 };

static bool read_decimal(const uint8_t *p, int digits, uint64_t *value) {
  uint64_t sum = 0;
  for (int i = 0; i < digits; i += 1) {
    if (p[i] < '0' || p[i] > '9') return false;
    sum = sum * 10 + (uint64_t)(p[i] - '0');
  }
  *value = sum;
  return true;
}

/* Digits are letters in texts, so that no number spells a word: see hosts/text.ts. */
static bool read_letters(const uint8_t *p, int digits, uint64_t base, uint64_t *value) {
  uint64_t sum = 0;
  for (int i = 0; i < digits; i += 1) {
    const char *letter = p[i] == 0 ? NULL : strchr(DIGIT_LETTERS, p[i]);
    if (letter == NULL || (uint64_t)(letter - DIGIT_LETTERS) >= base) return false;
    sum = sum * base + (uint64_t)(letter - DIGIT_LETTERS);
  }
  *value = sum;
  return true;
}

/* The text in a payload: other bytes of it may look like its first one. */
static const uint8_t *find_text(const uint8_t *data, size_t length, uint64_t *seq,
                                uint64_t *stamp) {
  const uint8_t *end = data + length;
  const uint8_t *p = memchr(data, '~', length);
  while (p != NULL && end - p >= 3 + SEQ_DIGITS + STAMP_DIGITS) {
    if (p[1 + SEQ_DIGITS] == '~' && p[2 + SEQ_DIGITS + STAMP_DIGITS] == '~' &&
        read_letters(p + 1, SEQ_DIGITS, 10, seq) &&
        read_letters(p + 2 + SEQ_DIGITS, STAMP_DIGITS, 16, stamp))
      return p;
    p = memchr(p + 1, '~', (size_t)(end - p - 1));
  }
  return NULL;
}

/* Its number must follow the one before. */
void look_at_text(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length) {
  uint64_t seq, stamp;
  if (find_text(data, length, &seq, &stamp) == NULL) return;
  s->counters.order_checked += 1;
  if (v->text_seq != 0 && seq != v->text_seq + 1) s->counters.order_broken += 1;
  v->text_seq = seq;
  uint64_t now = now_ns();
  if (stamp == 0 || stamp > now) return;
  /* What it missed counts in the time of its return. */
  if (v->lost_ns != 0 && stamp < v->opened_ns) return;
  latency_add(s->latency, now - stamp);
  latency_add(s->second, now - stamp);
}

/*
 * A patch must bring a later tick than the last one (ticks may share a patch), filled as that tick
 * is filled. A patch that was overwritten while it waited brings one that was brought already.
 */
void look_at_state(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length,
                   bool full) {
  const uint8_t *p = memmem(data, length, "^^P", 3);
  const uint8_t *end = data + length;
  uint64_t tick;
  if (p == NULL || end - p < 5 + TICK_DIGITS) {
    /* Not this benchmark's board: another field changed, or bytes of something else. */
    return;
  }
  bool sound = read_decimal(p + 3, TICK_DIGITS, &tick) && p[3 + TICK_DIGITS] == '^';
  if (sound) {
    const uint8_t filling = (uint8_t)('a' + tick % 26);
    const uint8_t *f = p + 5 + TICK_DIGITS;
    while (f < end && *f == filling) f += 1;
    sound = f < end ? *f == '$' : false;
  }
  if (!full) {
    s->counters.patches_checked += 1;
    if (!sound || (v->patch_known && tick <= (uint64_t)v->patch_tick))
      s->counters.patches_wrong += 1;
  }
  if (sound) {
    v->patch_known = true;
    v->patch_tick = (uint32_t)tick;
  }
}
