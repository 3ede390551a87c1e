/*
 * The swarm: thousands of viewers in one process, for loopback only. One epoll loop, one command
 * per line on stdin, one JSON object per line on stdout. Everything is bounded in count and time.
 */
#ifndef SWARM_H
#define SWARM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define VIEWERS_MAX 19500
#define FRAME_BYTES_MAX (1u << 20)
#define READ_BYTES (256u * 1024)
#define JOIN_TIMEOUT_NS (20ull * 1000000000ull)
#define SECOND_NS 1000000000ull

enum phase { PHASE_IDLE, PHASE_SEAT, PHASE_UPGRADE, PHASE_GREETING, PHASE_OPEN, PHASE_GONE };
enum dialect { DIALECT_COLYSEUS, DIALECT_SOCKETIO, DIALECT_RAW };

struct viewer {
  int fd;
  uint32_t index;
  uint8_t phase;
  bool connected; /* the TCP connection of this phase stands */
  bool sampled;   /* its payloads are read: stamps, order, patches */
  bool slow;      /* belongs to those that `stall` and `throttle` act on */
  bool held;      /* not polled at the moment */
  bool patch_known;
  uint32_t patch_tick;
  uint64_t text_seq;
  uint64_t messages;
  uint64_t started_ns;
  uint8_t *carry; /* the frame that the last read cut off */
  uint32_t carry_bytes, carry_room;
  char *path; /* request target of the WebSocket upgrade */
};

struct options {
  const char *address;
  uint16_t port;
  enum dialect dialect;
  const char *seat;   /* request target of the seat POST, or NULL */
  const char *body;   /* its JSON body */
  const char *token;  /* bearer token; `%d` becomes the number of the viewer */
  const char *tokens; /* file with one token a line, instead of `token` */
  const char *upgrade; /* request target of the upgrade where no seat is asked for */
  const char *say;     /* command a talker sends */
  int sources;         /* source addresses 127.0.0.2 and on */
  int joining_max;
  int sample_every;
  int slow_percent;
  int receive_bytes; /* SO_RCVBUF of slow viewers, 0 for the default */
  int lifetime_s;
  int first;       /* number of the first viewer */
  int watched_pid; /* whose CPU time is reported with the own counters, or 0 */
};

struct counters {
  uint64_t messages, patches, states, replies, others, bytes, reads;
  uint64_t order_checked, order_broken;
  uint64_t patches_checked, patches_wrong;
  uint64_t said, pings;
};

struct latency;

struct swarm {
  struct options options;
  struct counters counters;
  struct viewer *viewers;
  int viewer_count, next_to_join, joining, open, gone, failed;
  int epoll;
  uint8_t *buffer;
  struct latency *latency;
  char **token_lines;
  int token_count;
  uint64_t throttle_bytes_per_s, throttle_next_ns;
  uint64_t talk_interval_ns, talk_next_ns, talk_left, talk_count;
  int talkers;
  bool spin; /* polls without sleeping: waking the swarm is work of the sender */
  uint64_t idle_ns;
  uint32_t random;
  uint64_t ends_ns;
};

uint64_t now_ns(void);

/* viewer.c: one viewer's way from a seat to an open socket, and its reads */
void viewer_start(struct swarm *s, struct viewer *v);
void viewer_ready(struct swarm *s, struct viewer *v, uint32_t events);
void viewer_read(struct swarm *s, struct viewer *v, size_t bytes_max);
void viewer_opened(struct swarm *s, struct viewer *v);
void viewer_close(struct swarm *s, struct viewer *v, const char *why);
void viewer_hold(struct swarm *s, struct viewer *v);
void viewer_release(struct swarm *s, struct viewer *v);
bool viewer_send(struct swarm *s, struct viewer *v, const void *bytes, size_t length);

/* websocket.c: RFC 6455 as a client */
bool websocket_send(struct swarm *s, struct viewer *v, int opcode, const void *data, size_t length);
/* Takes whole frames; returns the bytes used, or -1 when the viewer is gone. */
long websocket_take(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length);

/* dialect.c: what the payloads of the three kinds of server mean */
void dialect_opened(struct swarm *s, struct viewer *v);
void dialect_message(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length);
void dialect_say(struct swarm *s, struct viewer *v, uint64_t number, uint64_t stamp_ns);

/* latency.c: counts by logarithmic buckets, at most 0.4 % wide */
struct latency *latency_new(void);
void latency_clear(struct latency *l);
void latency_add(struct latency *l, uint64_t ns);
void latency_print(const struct latency *l, bool buckets);

/* report.c: what went wrong by name, and one line of JSON */
void tally(const char *name);
void tally_clear(void);
void report(struct swarm *s, const char *event, bool buckets);

/* pin.c: ties a process to one core */
int pin_command(int argc, char **argv);

#endif
