/* RFC 6455 as a client sees it: masked frames out, frames of any read boundary in. */
#include <stdio.h>
#include <string.h>

#include "swarm.h"

/* Of a seat that is in another process. */
#define CLOSE_MOVED 4421u

enum { OP_TEXT = 1, OP_BINARY = 2, OP_CLOSE = 8, OP_PING = 9, OP_PONG = 10 };

bool websocket_send(struct swarm *s, struct viewer *v, int opcode, const void *data,
                    size_t length) {
  uint8_t frame[1024];
  if (length > 900) return false;
  size_t at = 0;
  frame[at++] = (uint8_t)(0x80 | opcode);
  if (length < 126) {
    frame[at++] = (uint8_t)(0x80 | length);
  } else {
    frame[at++] = 0x80 | 126;
    frame[at++] = (uint8_t)(length >> 8);
    frame[at++] = (uint8_t)length;
  }
  uint32_t mask = next_random(s);
  uint8_t key[4];
  memcpy(key, &mask, 4);
  memcpy(frame + at, key, 4);
  at += 4;
  const uint8_t *bytes = data;
  for (size_t i = 0; i < length; i += 1) frame[at + i] = bytes[i] ^ key[i & 3];
  return viewer_send(s, v, frame, at + length);
}

static void closed_by_server(struct swarm *s, struct viewer *v, const uint8_t *data,
                             size_t length) {
  unsigned code = length >= 2 ? (unsigned)data[0] << 8 | data[1] : 1005;
  if (code == CLOSE_MOVED && v->walks && v->phase == PHASE_GREETING && v->path != NULL) {
    viewer_led(s, v);
    return;
  }
  char why[32];
  snprintf(why, sizeof why, "closed %u", code);
  viewer_close(s, v, why);
}

/* True while the viewer is still there. */
static bool take_frame(struct swarm *s, struct viewer *v, int opcode, const uint8_t *data,
                       size_t length) {
  switch (opcode) {
    case OP_TEXT:
      if (v->walks) return viewer_told(s, v, data, length);
      dialect_message(s, v, data, length);
      return v->phase == PHASE_GREETING || v->phase == PHASE_OPEN;
    case OP_BINARY:
      dialect_message(s, v, data, length);
      return v->phase == PHASE_GREETING || v->phase == PHASE_OPEN;
    case OP_PING:
      s->counters.pings += 1;
      return websocket_send(s, v, OP_PONG, data, length);
    case OP_PONG:
      return true;
    case OP_CLOSE:
      closed_by_server(s, v, data, length);
      return false;
    default:
      viewer_close(s, v, "frame kind");
      return false;
  }
}

long websocket_take(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length) {
  size_t at = 0;
  while (length - at >= 2) {
    const uint8_t *p = data + at;
    size_t size = p[1] & 127u, head = 2;
    if (size == 126) {
      head = 4;
      if (length - at < head) break;
      size = (size_t)p[2] << 8 | p[3];
    } else if (size == 127) {
      head = 10;
      if (length - at < head) break;
      size = 0;
      for (int i = 2; i < 10; i += 1) size = size << 8 | p[i];
    }
    /* Fragments and masks are never sent to this client: each is a fault of the peer. */
    bool is_deflated = s->options.deflate && (p[0] & 0xf0) == 0xc0;
    if (((p[0] & 0xf0) != 0x80 && !is_deflated) || (p[1] & 0x80) != 0 || size > FRAME_BYTES_MAX) {
      viewer_close(s, v, "frame header");
      return -1;
    }
    if (length - at < head + size) break;
    if (is_deflated) dialect_deflated(s, v, p + head, size);
    else if (!take_frame(s, v, p[0] & 15, p + head, size)) return -1;
    at += head + size;
  }
  return (long)at;
}
