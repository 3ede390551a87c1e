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
#define ADDRESSES_MAX 16
#define FRAME_BYTES_MAX (1u << 20)
#define READ_BYTES (256u * 1024)
#define TOKEN_BYTES_MAX 2048
#define JOIN_TIMEOUT_NS (20ull * 1000000000ull)
#define SECOND_NS 1000000000ull
/* Correlation of the one request that is answered: `log.read`. */
#define LOG_READ 7
/* Digits in texts. */
#define DIGIT_LETTERS "zqvjwkhpmtrdgbyn"
/* Keys of epoll: viewers by their index, lanes from here, then stdin. */
#define LANE_KEY (1ull << 32)
#define STDIN_KEY UINT64_MAX

enum phase {
  PHASE_IDLE,
  PHASE_LATER, /* comes back when its time has come */
  PHASE_GUEST,
  PHASE_SEAT,
  PHASE_UPGRADE,
  PHASE_GREETING,
  PHASE_OPEN,
  PHASE_GONE
};
enum dialect { DIALECT_COLYSEUS, DIALECT_SOCKETIO, DIALECT_RAW };

struct place {
  uint32_t address; /* network byte order */
  uint16_t port;
};

#define SPARED_RANGES_MAX 12
struct range {
  uint64_t from, to;
};

struct viewer {
  int fd;
  uint32_t index;
  uint8_t phase;
  bool connected; /* the TCP connection of this phase stands */
  bool sampled;   /* its payloads are read: stamps, order, patches */
  bool slow;      /* belongs to those that `stall` and `throttle` act on */
  bool held;      /* not polled at the moment */
  bool only_guest; /* signs in and does not join yet */
  bool patch_known;
  bool renewed; /* got another token in this try */
  bool walks; /* its socket asked for a seat itself; `path` and `place` are where it was led */
  /* Where it stands in the log, see log.c. */
  bool placed, whole, reading;
  uint8_t attempts;
  uint8_t reads_out; /* `log.read` without an answer: an early one is asked for once more */
  uint8_t turn; /* which of the addresses, beside its number */
  uint32_t patch_tick;
  uint32_t epoch, history;
  uint64_t seq, ahead_from, ahead_to, read_to, read_asked_ns, patches_hash;
  struct range spared[SPARED_RANGES_MAX]; /* told to be left out, ahead of where it stands */
  uint8_t spared_count;
  uint64_t text_seq;
  uint64_t messages;
  uint64_t due_ns;     /* when its join was due; times run from then */
  uint64_t started_ns; /* of this try */
  uint64_t lost_ns;    /* 0 until it was in the room once and lost it */
  uint64_t opened_ns;  /* when it was in the last time */
  uint8_t *carry; /* the frame that the last read cut off */
  uint32_t carry_bytes, carry_room;
  char *token;
  char *refresh; /* buys another token when that one has run out, or NULL */
  char *path; /* request target of the WebSocket upgrade */
  struct place place;
};

struct options {
  struct place places[ADDRESSES_MAX]; /* where seats are asked for, in turns */
  int place_count;
  enum dialect dialect;
  const char *seat;    /* request target of the seat POST, or NULL */
  const char *socket;  /* request target of sockets that ask for their seat themselves, or NULL */
  const char *body;    /* its JSON body */
  const char *token;   /* bearer token; `%d` becomes the number of the viewer */
  const char *tokens;  /* file with one token a line, instead of `token` */
  const char *guest;   /* request target of the guest POST, instead of both */
  const char *seats;   /* file with one `host:port target` a line, instead of a seat */
  const char *upgrade; /* request target of the upgrade where no seat is asked for */
  const char *say;     /* command a talker sends */
  int hearts;          /* in each reaction */
  int sources;         /* source addresses 127.0.0.2 and on */
  int joining_max;
  int lanes; /* connections that ask for guests and seats */
  int sample_every;
  int slow_percent;
  int receive_bytes; /* SO_RCVBUF of slow viewers, 0 for the default */
  int lifetime_s;
  int first;       /* number of the first viewer */
  int watched_pid; /* whose CPU time is reported with the own counters, or 0 */
  int hold;        /* seats are taken and never used */
  int deflate;     /* offers permessage-deflate; what comes deflated is counted and compared */
  int returns;     /* whoever loses the room comes back, as people do */
  uint32_t seed;
};

struct counters {
  uint64_t messages, patches, states, deflated, replies, others, bytes, reads;
  uint64_t order_checked, order_broken;
  uint64_t patches_checked, patches_wrong;
  uint64_t said, pings, asked_again;
  /* The log of every viewer, see log.c. */
  uint64_t entries, entries_checked, chains_checked, again, missed, resyncs, rewritten, spared,
      violations;
};

struct latency;

struct swarm {
  struct options options;
  struct counters counters;
  struct viewer *viewers;
  int guest_count, next_to_sign, viewer_count, next_to_join;
  int joining, signing, open, gone, failed, away;
  int epoll;
  uint8_t *buffer;
  struct latency *latency, *second; /* from due to received: since `reset`, since `tick` */
  struct latency *joins, *returns;  /* from due, or lost, to the whole state */
  uint64_t join_interval_ns, join_next_ns;
  uint64_t throttle_bytes_per_s, throttle_next_ns;
  uint64_t talk_interval_ns, talk_next_ns, talk_left, talk_count;
  int talkers;
  bool spin; /* polls without sleeping: waking the swarm is work of the sender */
  uint64_t idle_ns, busy_ns, turn_max_ns;
  uint32_t random;
  uint64_t ends_ns;
};

uint64_t now_ns(void);
uint32_t next_random(struct swarm *s);
void fail(const char *text);

/* options.c */
void read_options(struct swarm *s, int argc, char **argv);
bool read_place(const char *text, size_t length, struct place *place);
/* `host:port` once or more, with commas between, instead of those there were. */
void read_places(struct options *o, const char *list);

/* commands.c */
void read_commands(struct swarm *s);

/* digest.c */
uint64_t mix(uint64_t a, uint64_t b);
uint64_t digest(const uint8_t *data, size_t length);
uint64_t digest_entry(uint64_t seq, const uint8_t *data, size_t length);

/* crowd.c: who joins, leaves and comes back when */
void crowd_open(struct swarm *s, int count, uint64_t per_second);
void crowd_sign(struct swarm *s, int count);
void crowd_cut(struct swarm *s, int count, bool politely);
void crowd_turn(struct swarm *s, uint64_t now);

/* http.c: guests and seats over connections that stay open */
void http_ask(struct swarm *s, struct viewer *v, enum phase phase);
void http_pump(struct swarm *s, uint64_t now);
void http_ready(struct swarm *s, uint64_t lane, uint32_t events);

/* seat.c: tokens and seats, and why there is none */
void viewer_answered(struct swarm *s, struct viewer *v, int status, const char *reply);
/* What a socket without a seat hears first. False when the viewer is gone. */
bool viewer_told(struct swarm *s, struct viewer *v, const uint8_t *text, size_t length);

/* viewer.c: one viewer's way from a seat to an open socket, and its reads */
void viewer_start(struct swarm *s, struct viewer *v);
void viewer_connect(struct swarm *s, struct viewer *v);
/* With a token: asks for a seat, or opens a socket that does. */
void viewer_enter(struct swarm *s, struct viewer *v);
/* Its token has run out: gets another one and comes again. */
void viewer_renew(struct swarm *s, struct viewer *v);
/* The seat it was told of is in another process. */
void viewer_led(struct swarm *s, struct viewer *v);
void viewer_ready(struct swarm *s, struct viewer *v, uint32_t events);
void viewer_read(struct swarm *s, struct viewer *v, size_t bytes_max);
void viewer_opened(struct swarm *s, struct viewer *v);
void viewer_close(struct swarm *s, struct viewer *v, const char *why);
void viewer_hold(struct swarm *s, struct viewer *v);
void viewer_release(struct swarm *s, struct viewer *v);
bool viewer_send(struct swarm *s, struct viewer *v, const void *bytes, size_t length);
/* A socket from one of the source addresses, connecting; -1 when there is none to be had. */
int connect_from(const struct swarm *s, uint32_t number, struct place to, int receive_bytes);
void close_at_once(int fd);

/* websocket.c: RFC 6455 as a client */
bool websocket_send(struct swarm *s, struct viewer *v, int opcode, const void *data, size_t length);
/* Takes whole frames; returns the bytes used, or -1 when the viewer is gone. */
long websocket_take(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length);

/* dialect.c: what the payloads of the three kinds of server mean */
void dialect_opened(struct swarm *s, struct viewer *v);
/* A message of which only its bytes are known. */
void dialect_deflated(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length);
void dialect_message(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length);

/* talk.c: what viewers of this swarm say */
void talk_turn(struct swarm *s, uint64_t now);
void say_leave(struct swarm *s, struct viewer *v);
void say_log_read(struct swarm *s, struct viewer *v);

/* board.c: stamps in texts and boards in states, looked at by sampled viewers */
void look_at_text(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length);
void look_at_state(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length,
                   bool full);

/* msgpack.c */
size_t msgpack_number(const uint8_t *p, const uint8_t *end, uint64_t *value);
bool msgpack_value(const uint8_t *data, size_t length, const char *key, uint64_t *value);
/* Behind a key whose value is a list: the first byte of its first element, and how many. */
const uint8_t *msgpack_list(const uint8_t *data, size_t length, const char *key, size_t *count);
bool msgpack_is_true(const uint8_t *data, size_t length, const char *key);

/* log.c: the numbered log and the patches between its entries, of every viewer */
bool log_message(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length);
void log_state(struct viewer *v);
void log_patch(struct viewer *v, const uint8_t *data, size_t length);
void log_reply(struct swarm *s, struct viewer *v, const uint8_t *data, size_t length);
void log_print(void);

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
