/* What payloads mean in the three dialects. */
#include <stdio.h>
#include <string.h>

#include "swarm.h"

enum { OP_TEXT = 1, OP_BINARY = 2 };
enum { JOIN_ROOM = 10, ROOM_ERROR = 11, ROOM_DATA = 13, ROOM_STATE = 14, ROOM_PATCH = 15,
       ROOM_RESPONSE = 22 };

static void count_message(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length) {
  s->counters.messages += 1;
  v->messages += 1;
  if (v->sampled) look_at_text(s, v, data, length);
}

/* Why the room said no: its code and words, which are packed as its SDK packs them. */
static void take_error(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length) {
  char why[64] = "room error";
  uint64_t code = 0;
  const uint8_t *end = data + length, *p = data + 1;
  size_t used = p < end ? msgpack_number(p, end, &code) : 0;
  if (used == 3 && *p == 0xcd) code = (uint64_t)(p[1] | p[2] << 8); /* little-endian here */
  p += used;
  size_t size = used > 0 && p < end && (*p & 0xe0) == 0xa0 ? *p & 31u : 0;
  if (used > 0 && size > 0 && (size_t)(end - p) > size) {
    snprintf(why, sizeof why, "room error %u %.*s", (unsigned)code, (int)size,
             (const char *)p + 1);
  } else if (used > 0) {
    snprintf(why, sizeof why, "room error %u", (unsigned)code);
  }
  for (char *at = why; *at != 0; at += 1) {
    if (*at < ' ' || *at == '"' || *at == '\\' || *at > '~') *at = '?';
  }
  viewer_close(s, v, why);
}

static void take_colyseus(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length) {
  static const uint8_t confirm[1] = {JOIN_ROOM};
  switch (data[0]) {
    case ROOM_DATA:
      /* Names of the room itself (`room.welcome`, `room.resync`) are not deliveries. */
      if (log_message(s, v, data, length)) count_message(s, v, data, length);
      else s->counters.others += 1;
      return;
    case ROOM_PATCH:
      s->counters.patches += 1;
      log_patch(v, data, length);
      if (v->sampled || v->slow) look_at_state(s, v, data, length, false);
      return;
    case ROOM_STATE:
      s->counters.states += 1;
      log_state(v);
      v->text_seq = 0;
      if (v->sampled || v->slow) look_at_state(s, v, data, length, true);
      if (v->phase == PHASE_GREETING) viewer_opened(s, v);
      return;
    case JOIN_ROOM:
      websocket_send(s, v, OP_BINARY, confirm, sizeof confirm);
      return;
    case ROOM_RESPONSE:
      s->counters.replies += 1;
      log_reply(s, v, data, length);
      return;
    case ROOM_ERROR:
      take_error(s, v, data, length);
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

void dialect_deflated(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length) {
  s->counters.deflated += 1;
  v->messages += 1;
  log_patch(v, data, length);
}

void dialect_message(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length) {
  if (length == 0) return;
  if (s->options.dialect == DIALECT_COLYSEUS) take_colyseus(s, v, data, length);
  else if (s->options.dialect == DIALECT_SOCKETIO) take_socketio(s, v, data, length);
  else count_message(s, v, data, length);
}
