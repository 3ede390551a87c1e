/*
 * What payloads mean in the three dialects. Only sampled viewers look inside: a text carries
 * `~<number>~<stamp>~`, a state carries `^^P<tick>^^` and a filling, both made by the servers.
 */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "swarm.h"

enum { OP_TEXT = 1, OP_BINARY = 2 };
enum { JOIN_ROOM = 10, ROOM_ERROR = 11, ROOM_DATA = 13, ROOM_STATE = 14, ROOM_PATCH = 15,
       ROOM_RESPONSE = 22 };
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

static bool read_hex(const uint8_t *p, int digits, uint64_t *value) {
  uint64_t sum = 0;
  for (int i = 0; i < digits; i += 1) {
    int d = p[i] <= '9' ? p[i] - '0' : p[i] - 'a' + 10;
    if (d < 0 || d > 15) return false;
    sum = sum << 4 | (uint64_t)d;
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
        read_decimal(p + 1, SEQ_DIGITS, seq) && read_hex(p + 2 + SEQ_DIGITS, STAMP_DIGITS, stamp))
      return p;
    p = memchr(p + 1, '~', (size_t)(end - p - 1));
  }
  return NULL;
}

/* Its number must follow the one before. */
static void look_at_text(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length) {
  uint64_t seq, stamp;
  if (find_text(data, length, &seq, &stamp) == NULL) return;
  s->counters.order_checked += 1;
  if (v->text_seq != 0 && seq != v->text_seq + 1) s->counters.order_broken += 1;
  v->text_seq = seq;
  uint64_t now = now_ns();
  if (stamp != 0 && stamp <= now) latency_add(s->latency, now - stamp);
}

/*
 * A patch must bring a later tick than the last one (ticks may share a patch), filled as that tick
 * is filled. A patch that was overwritten while it waited brings one that was brought already.
 */
static void look_at_state(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length,
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

static void count_message(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length) {
  s->counters.messages += 1;
  v->messages += 1;
  if (v->sampled) look_at_text(s, v, data, length);
}

static void take_colyseus(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length) {
  static const uint8_t confirm[1] = {JOIN_ROOM};
  switch (data[0]) {
    case ROOM_DATA:
      /* Names of the room itself (`room.welcome`, `room.resync`) are not deliveries. */
      if (length > 7 && memcmp(data + 2, "room.", 5) == 0) s->counters.others += 1;
      else count_message(s, v, data, length);
      return;
    case ROOM_PATCH:
      s->counters.patches += 1;
      if (v->sampled || v->slow) look_at_state(s, v, data, length, false);
      return;
    case ROOM_STATE:
      s->counters.states += 1;
      if (v->sampled || v->slow) look_at_state(s, v, data, length, true);
      if (v->phase == PHASE_GREETING) viewer_opened(s, v);
      return;
    case JOIN_ROOM:
      websocket_send(s, v, OP_BINARY, confirm, sizeof confirm);
      return;
    case ROOM_RESPONSE:
      s->counters.replies += 1;
      return;
    case ROOM_ERROR:
      viewer_close(s, v, "room error");
      return;
    default:
      s->counters.others += 1;
  }
}

static void take_socketio(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length) {
  if (data[0] == '2') {
    websocket_send(s, v, OP_TEXT, "3", 1);
  } else if (data[0] == '0') {
    websocket_send(s, v, OP_TEXT, "40", 2);
  } else if (length >= 2 && data[0] == '4' && data[1] == '2') {
    count_message(s, v, data, length);
  } else if (length >= 2 && data[0] == '4' && data[1] == '0') {
    if (v->phase == PHASE_GREETING) viewer_opened(s, v);
  } else {
    s->counters.others += 1;
  }
}

void dialect_opened(struct swarm *s, struct viewer *v) {
  if (s->options.dialect == DIALECT_RAW) viewer_opened(s, v);
}

void dialect_message(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length) {
  if (length == 0) return;
  if (s->options.dialect == DIALECT_COLYSEUS) take_colyseus(s, v, data, length);
  else if (s->options.dialect == DIALECT_SOCKETIO) take_socketio(s, v, data, length);
  else count_message(s, v, data, length);
}

/* `{requestId, text}` as msgpack behind the name of the command; the text is 100 bytes. */
void dialect_say(struct swarm *s, struct viewer *v, uint64_t number, uint64_t stamp_ns) {
  char text[101], id[25];
  int head = snprintf(text, sizeof text, "~%010llu~%016llx~", (unsigned long long)number,
                      (unsigned long long)stamp_ns);
  memset(text + head, 'a' + (int)(number % 26), (size_t)(100 - head));
  snprintf(id, sizeof id, "swarm-%05u-%010llu", (unsigned)(v->index % 100000u),
           (unsigned long long)number);
  uint8_t m[256];
  size_t at = 0, name = strlen(s->options.say);
  m[at++] = ROOM_DATA;
  m[at++] = (uint8_t)(0xa0 | name);
  memcpy(m + at, s->options.say, name);
  at += name;
  m[at++] = 0x82;
  m[at++] = 0xa9;
  memcpy(m + at, "requestId", 9);
  at += 9;
  m[at++] = (uint8_t)(0xa0 | strlen(id));
  memcpy(m + at, id, strlen(id));
  at += strlen(id);
  m[at++] = 0xa4;
  memcpy(m + at, "text", 4);
  at += 4;
  m[at++] = 0xd9;
  m[at++] = 100;
  memcpy(m + at, text, 100);
  at += 100;
  if (websocket_send(s, v, OP_BINARY, m, at)) s->counters.said += 1;
}
