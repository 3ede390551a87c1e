/*
 * The log as every viewer must see it: numbers count on by one, the bytes of each entry are the
 * same for all, and so are the bytes of all patches between one entry and the next.
 */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "swarm.h"

#define RING (1u << 16)
#define BLOCK 64
#define BLOCKS 256
#define VIOLATIONS_TOLD_MAX 20
#define READ_AGAIN_NS SECOND_NS

/* What the first viewer got under a number; all others must get the same. */
struct reference {
  uint64_t seq, entry, patches;
  uint32_t epoch;
  bool knows_patches;
};

/* Digests of whole blocks, to be compared with those of other swarms. */
struct block {
  uint64_t number, entries, patches;
  bool knows_patches;
};

static struct reference ring[RING];
static struct block blocks[BLOCKS];
static int block_count;

static void violation(struct swarm *s, const struct viewer *v, const char *what, uint64_t seq) {
  s->counters.violations += 1;
  if (s->counters.violations > VIOLATIONS_TOLD_MAX) return;
  printf("{\"event\":\"violation\",\"what\":\"%s\",\"viewer\":%d,\"epoch\":%" PRIu32
         ",\"had\":%" PRIu64 ",\"seq\":%" PRIu64 "}\n",
         what, s->options.first + (int)v->index, v->epoch, v->seq, seq);
  fflush(stdout);
}

static void close_block(uint64_t last) {
  struct block block = {.number = last / BLOCK, .knows_patches = true};
  for (uint64_t seq = last + 1 - BLOCK; seq <= last; seq += 1) {
    const struct reference *r = &ring[seq % RING];
    if (r->seq != seq) return;
    block.entries = mix(block.entries, r->entry);
    block.patches = mix(block.patches, r->patches);
    block.knows_patches = block.knows_patches && r->knows_patches;
  }
  if (block_count < BLOCKS) blocks[block_count++] = block;
}

static void compare(struct swarm *s, const struct viewer *v, uint64_t seq, uint64_t entry) {
  struct reference *r = &ring[seq % RING];
  if (r->seq > seq) return; /* older than what is kept */
  if (r->seq == seq && r->entry == entry) {
    s->counters.entries_checked += 1;
    return;
  }
  if (r->seq == seq && r->epoch == v->epoch) {
    violation(s, v, "other bytes", seq);
    return;
  }
  /* What a room had said and could not keep is said anew by its successor. */
  if (r->seq == seq) s->counters.rewritten += 1;
  *r = (struct reference){.seq = seq, .entry = entry, .epoch = v->epoch};
}

static void compare_patches(struct swarm *s, struct viewer *v, uint64_t seq) {
  struct reference *r = &ring[seq % RING];
  if (v->whole && r->seq == seq) {
    if (!r->knows_patches) {
      r->knows_patches = true;
      r->patches = v->patches_hash;
    } else if (r->patches == v->patches_hash) {
      s->counters.chains_checked += 1;
    } else {
      violation(s, v, "other patches", seq);
    }
  }
  /* Only now: the last entry of a block has its patches too. */
  if (seq % BLOCK == BLOCK - 1 && r->seq == seq && r->knows_patches &&
      (block_count == 0 || blocks[block_count - 1].number < seq / BLOCK))
    close_block(seq);
  v->patches_hash = 0;
  v->whole = true;
}

/* What came ahead while a gap was being read joins on. */
static void join_ahead(struct viewer *v) {
  if (v->ahead_from == 0 || v->seq + 1 < v->ahead_from) return;
  if (v->ahead_to > v->seq) v->seq = v->ahead_to;
  v->ahead_from = v->ahead_to = 0;
}

/* What a slow reader was told to be spared counts as had, but its patches belong to others. */
static void pass_spared(struct viewer *v) {
  for (int i = 0; i < v->spared_count;) {
    struct range *r = &v->spared[i];
    bool is_next = r->from <= v->seq + 1 && r->to > v->seq;
    if (is_next) v->seq = r->to, v->whole = false;
    if (is_next || r->to <= v->seq) {
      *r = v->spared[--v->spared_count];
      i = 0;
    } else {
      i += 1;
    }
  }
}

static void take_entry(struct swarm *s, struct viewer *v, uint64_t seq, uint64_t hash) {
  compare(s, v, seq, hash);
  if (v->history > 0) {
    v->history -= 1;
    return;
  }
  s->counters.entries += 1;
  if (!v->placed || seq == v->seq + 1) {
    v->placed = true;
    v->seq = seq;
    join_ahead(v);
    if (!v->reading) compare_patches(s, v, seq);
    pass_spared(v);
    return;
  }
  v->whole = false;
  if (seq <= v->seq) {
    if (v->reading || v->reads_out > 0 || seq <= v->read_to) s->counters.again += 1;
    else violation(s, v, "twice", seq);
  } else if (!v->reading || (v->ahead_to != 0 && seq > v->ahead_to + 1)) {
    violation(s, v, "gap", seq);
    v->seq = seq;
  } else {
    if (v->ahead_from == 0) v->ahead_from = seq;
    if (seq > v->ahead_to) v->ahead_to = seq;
  }
}

static void ask_for_missed(struct swarm *s, struct viewer *v) {
  v->read_asked_ns = now_ns();
  if (v->reads_out < UINT8_MAX) v->reads_out += 1;
  say_log_read(s, v);
}

static void read_missed(struct swarm *s, struct viewer *v) {
  v->reading = true;
  v->ahead_from = v->ahead_to = 0;
  ask_for_missed(s, v);
}

/* `room.sampled`: which entries of this frame are left out. More ranges than fit are read. */
static void take_spared(struct swarm *s, struct viewer *v, const uint8_t *body, size_t length) {
  size_t count = 0;
  const uint8_t *end = body + length, *at = msgpack_list(body, length, "skipped", &count);
  v->whole = false;
  for (; at != NULL && count > 0; count -= 1) {
    uint64_t from, to;
    size_t used = at < end && *at == 0x92 ? msgpack_number(at + 1, end, &from) : 0;
    size_t more = used > 0 ? msgpack_number(at + 1 + used, end, &to) : 0;
    if (more == 0) break;
    at += 1 + used + more;
    s->counters.spared += to - from + 1;
    if (v->spared_count == SPARED_RANGES_MAX) {
      if (!v->reading) read_missed(s, v);
      return;
    }
    v->spared[v->spared_count++] = (struct range){from, to};
  }
  pass_spared(v);
}

/* `room.welcome` and `room.resync`: where the log stands; what is missing is asked for. */
static void take_position(struct swarm *s, struct viewer *v, const uint8_t *body, size_t length) {
  uint64_t epoch, head, backlog = 0;
  if (!msgpack_value(body, length, "epoch", &epoch)) return;
  if (!msgpack_value(body, length, "head", &head)) return;
  if (msgpack_value(body, length, "backlog", &backlog)) v->history = (uint32_t)backlog;
  else s->counters.resyncs += 1;
  v->whole = false;
  v->patches_hash = 0;
  v->spared_count = 0;
  if (!v->placed) {
    v->placed = true;
    v->epoch = (uint32_t)epoch;
    v->seq = head;
    return;
  }
  if (epoch == v->epoch && head <= v->seq) return;
  read_missed(s, v);
}

/* True when it is new now: not history, and not what was missed and read again. */
bool log_message(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length) {
  size_t name = length > 2 && (data[1] & 0xe0) == 0xa0 ? data[1] & 31u : 0;
  const uint8_t *body = data + 2 + name, *end = data + length;
  if (name == 0 || body >= end) return true;
  if (name > 5 && memcmp(data + 2, "room.", 5) == 0) {
    size_t rest = (size_t)(end - body);
    if (name == 12 && memcmp(data + 2, "room.sampled", 12) == 0) take_spared(s, v, body, rest);
    else take_position(s, v, body, rest);
    return false;
  }
  /* A map, in 1, 3 or 5 bytes, whose first key is `seq`. */
  body += (*body & 0xf0) == 0x80 ? 1 : *body == 0xde ? 3 : *body == 0xdf ? 5 : 0;
  uint64_t seq;
  if (end - body < 5 || memcmp(body, "\xa3seq", 4) != 0) return true;
  if (msgpack_number(body + 4, end, &seq) == 0) return true;
  bool is_new = v->history == 0 && !v->reading;
  take_entry(s, v, seq, digest_entry(seq, data, length));
  if (v->reading && now_ns() > v->read_asked_ns + READ_AGAIN_NS) {
    ask_for_missed(s, v);
  }
  return is_new;
}

void log_state(struct viewer *v) {
  v->whole = false;
  v->patches_hash = 0;
}

void log_patch(struct viewer *v, const uint8_t *data, size_t length) {
  v->patches_hash = mix(v->patches_hash, digest(data, length));
}

/* The end of a page of what was missing. Refusals are asked again, see above. */
void log_reply(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length) {
  uint64_t correlation, to, missed_from, missed_to, epoch;
  size_t head = msgpack_number(data + 1, data + length, &correlation);
  if (head == 0 || correlation != LOG_READ || 2 + head >= length) return;
  if (v->reads_out > 0) v->reads_out -= 1;
  if (!v->reading) return;
  const uint8_t *body = data + 2 + head;
  size_t rest = length - 2 - head;
  if (data[1 + head] != 0 || !msgpack_value(body, rest, "to", &to)) return;
  if (msgpack_value(body, rest, "missedFrom", &missed_from) &&
      msgpack_value(body, rest, "missedTo", &missed_to)) {
    if (missed_to >= missed_from) s->counters.missed += missed_to - missed_from + 1;
    if (missed_to > v->seq) v->seq = missed_to;
  }
  if (msgpack_value(body, rest, "epoch", &epoch)) v->epoch = (uint32_t)epoch;
  if (to > v->read_to) v->read_to = to;
  join_ahead(v);
  if (msgpack_is_true(body, rest, "more")) {
    ask_for_missed(s, v);
    return;
  }
  if (v->seq < to || v->ahead_from != 0) violation(s, v, "gap after reading", to);
  v->reading = false;
  v->ahead_from = v->ahead_to = 0;
}

/* Blocks since the last time. Numbers as text: they have 64 bits. */
void log_print(void) {
  printf("[");
  for (int i = 0; i < block_count; i += 1) {
    printf("%s[%" PRIu64 ",\"%016" PRIx64 "\",\"%016" PRIx64 "\"]", i > 0 ? "," : "",
           blocks[i].number, blocks[i].entries, blocks[i].knows_patches ? blocks[i].patches : 0);
  }
  printf("]");
  block_count = 0;
}
