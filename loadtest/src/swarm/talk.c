/* What viewers of the swarm say: lines and reactions on a fixed schedule, and reads of the log. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "swarm.h"

enum { OP_BINARY = 2, LEAVE_ROOM = 12, ROOM_DATA = 13, ROOM_REQUEST = 21 };
enum { TEXT_BYTES = 100 };

struct packed {
  uint8_t bytes[400];
  size_t length;
};

static void put(struct packed *m, const void *bytes, size_t length) {
  memcpy(m->bytes + m->length, bytes, length);
  m->length += length;
}

static void put_byte(struct packed *m, uint8_t byte) { m->bytes[m->length++] = byte; }

static void put_short(struct packed *m, const char *text) {
  put_byte(m, (uint8_t)(0xa0 | strlen(text)));
  put(m, text, strlen(text));
}

/* In 32 bits: decoders take 64 for a big integer. */
static void put_number(struct packed *m, uint64_t value) {
  put_byte(m, 0xce);
  for (int shift = 24; shift >= 0; shift -= 8) put_byte(m, (uint8_t)(value >> shift));
}

static void put_letters(char *text, int digits, uint64_t base, uint64_t value) {
  for (int i = digits - 1; i >= 0; i -= 1, value /= base) text[i] = DIGIT_LETTERS[value % base];
}

static void put_text(struct packed *m, uint64_t number, uint64_t stamp_ns) {
  static const char fillings[] = "abcdefghijklmnopqrstuvwyyz";
  char text[TEXT_BYTES];
  memset(text, fillings[number % 26], sizeof text);
  text[0] = text[11] = text[28] = '~';
  put_letters(text + 1, 10, 10, number);
  put_letters(text + 12, 16, 16, stamp_ns);
  put_byte(m, 0xd9);
  put_byte(m, TEXT_BYTES);
  put(m, text, TEXT_BYTES);
}

/* `{requestId, text}` or, for reactions, `{requestId, kind, count}` behind the command's name. */
static void say(struct swarm *s, struct viewer *v, uint64_t number, uint64_t stamp_ns) {
  struct packed m = {.length = 0};
  char id[40];
  snprintf(id, sizeof id, "swarm-%05d-%010" PRIu64, s->options.first + (int)v->index, number);
  bool is_reaction = strcmp(s->options.say, "reaction.send") == 0;
  put_byte(&m, ROOM_DATA);
  put_short(&m, s->options.say);
  put_byte(&m, is_reaction ? 0x83 : 0x82);
  put_short(&m, "requestId");
  put_byte(&m, 0xd9);
  put_byte(&m, (uint8_t)strlen(id));
  put(&m, id, strlen(id));
  if (is_reaction) {
    put_short(&m, "kind");
    put_short(&m, "heart");
    put_short(&m, "count");
    put_byte(&m, (uint8_t)s->options.hearts);
  } else {
    put_short(&m, "text");
    put_text(&m, number, stamp_ns);
  }
  if (websocket_send(s, v, OP_BINARY, m.bytes, m.length)) s->counters.said += 1;
}

/* On a fixed schedule, stamped with what was due and not with what was late. */
void talk_turn(struct swarm *s, uint64_t now) {
  while (s->talk_left > 0 && now >= s->talk_next_ns) {
    struct viewer *v = &s->viewers[s->talk_count % (uint64_t)s->talkers];
    s->talk_count += 1;
    if (v->phase == PHASE_OPEN) say(s, v, s->talk_count, s->talk_next_ns);
    s->talk_next_ns += s->talk_interval_ns;
    s->talk_left -= 1;
    if (s->talk_left == 0) report(s, "talked", false);
  }
}

void say_leave(struct swarm *s, struct viewer *v) {
  static const uint8_t leave[1] = {LEAVE_ROOM};
  websocket_send(s, v, OP_BINARY, leave, sizeof leave);
}

/* `log.read {epoch, after}` */
void say_log_read(struct swarm *s, struct viewer *v) {
  struct packed m = {.length = 0};
  put_byte(&m, ROOM_REQUEST);
  put_byte(&m, LOG_READ);
  put_short(&m, "log.read");
  put_byte(&m, 0x82);
  put_short(&m, "epoch");
  put_number(&m, v->epoch);
  put_short(&m, "after");
  put_number(&m, v->seq);
  websocket_send(s, v, OP_BINARY, m.bytes, m.length);
}
