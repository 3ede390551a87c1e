/* One viewer: signs in, gets a seat, upgrades a connection of its own, then reads frames. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include "swarm.h"

#define ATTEMPTS_MAX 60
#define BACKOFF_FIRST_MS 500
#define BACKOFF_MOST_MS 8000
#define READABLE (EPOLLIN | EPOLLRDHUP | EPOLLET)

static void watch(struct swarm *s, struct viewer *v, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.u64 = v->index};
  epoll_ctl(s->epoll, operation, v->fd, &event);
}

/* Resets instead of closing in order, so that no port of ours lingers in TIME_WAIT. */
void close_at_once(int fd) {
  struct linger now = {.l_onoff = 1, .l_linger = 0};
  setsockopt(fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  close(fd);
}

int connect_from(const struct swarm *s, uint32_t number, struct place place, int receive_bytes) {
  int fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0) return -1;
  int yes = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  setsockopt(fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
  if (receive_bytes > 0) {
    setsockopt(fd, SOL_SOCKET, SO_RCVBUF, &receive_bytes, sizeof receive_bytes);
  }
  struct sockaddr_in from = {.sin_family = AF_INET};
  from.sin_addr.s_addr = htonl(0x7f000002u + number % (uint32_t)s->options.sources);
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(place.port)};
  to.sin_addr.s_addr = place.address;
  if (bind(fd, (struct sockaddr *)&from, sizeof from) == 0 &&
      (connect(fd, (struct sockaddr *)&to, sizeof to) == 0 || errno == EINPROGRESS))
    return fd;
  close(fd);
  return -1;
}

static void drop_connection(struct viewer *v) {
  if (v->fd >= 0) close_at_once(v->fd);
  v->fd = -1;
  v->connected = false;
  v->held = false;
  v->carry_bytes = 0;
}

/* People come back after a pause that doubles, each at a moment of its own. */
static void come_back_later(struct swarm *s, struct viewer *v) {
  uint32_t most = BACKOFF_FIRST_MS << (v->attempts < 4 ? v->attempts : 4);
  if (most > BACKOFF_MOST_MS) most = BACKOFF_MOST_MS;
  v->phase = PHASE_LATER;
  v->due_ns = now_ns() + (uint64_t)(next_random(s) % most) * 1000000ull;
  v->attempts += 1;
  s->away += 1;
}

/* Whether it was in the room yet is half of the cause. */
static void tally_end(const struct viewer *v, const char *why) {
  char text[64];
  bool joining = v->phase == PHASE_UPGRADE || v->phase == PHASE_GREETING;
  snprintf(text, sizeof text, "%.45s%s", why, joining ? " while joining" : "");
  tally(text);
}

void viewer_close(struct swarm *s, struct viewer *v, const char *why) {
  if (v->phase == PHASE_GONE || v->phase == PHASE_IDLE || v->phase == PHASE_LATER) return;
  tally_end(v, why);
  bool was_open = v->phase == PHASE_OPEN;
  if (was_open) s->open -= 1, v->lost_ns = now_ns(), v->attempts = 0;
  else if (v->only_guest) s->signing -= 1;
  else s->joining -= 1;
  drop_connection(v);
  free(v->carry);
  v->carry = NULL;
  v->carry_room = 0;
  bool returns = s->options.returns && !v->only_guest && v->attempts < ATTEMPTS_MAX;
  if (returns) {
    come_back_later(s, v);
    return;
  }
  v->phase = PHASE_GONE;
  if (was_open) s->gone += 1;
  else s->failed += 1;
}

void viewer_hold(struct swarm *s, struct viewer *v) {
  if (v->held || v->phase != PHASE_OPEN) return;
  v->held = true;
  watch(s, v, EPOLL_CTL_DEL, 0);
}

void viewer_release(struct swarm *s, struct viewer *v) {
  if (!v->held || v->phase != PHASE_OPEN) return;
  v->held = false;
  watch(s, v, EPOLL_CTL_ADD, READABLE);
}

void viewer_connect(struct swarm *s, struct viewer *v) {
  v->phase = PHASE_UPGRADE;
  v->fd = connect_from(s, v->index, v->place, v->slow ? s->options.receive_bytes : 0);
  if (v->fd < 0) viewer_close(s, v, "connect");
  else watch(s, v, EPOLL_CTL_ADD, EPOLLOUT);
}

bool viewer_send(struct swarm *s, struct viewer *v, const void *bytes, size_t length) {
  ssize_t sent = send(v->fd, bytes, length, MSG_NOSIGNAL);
  if (sent == (ssize_t)length) return true;
  viewer_close(s, v, "send");
  return false;
}

static void ask_for_upgrade(struct swarm *s, struct viewer *v) {
  static const char offer[] = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
  char request[TOKEN_BYTES_MAX + 1024], proof[TOKEN_BYTES_MAX + 96] = "", target[512];
  char address[INET_ADDRSTRLEN];
  inet_ntop(AF_INET, &v->place.address, address, sizeof address);
  if (v->walks) {
    /* Whoever comes back wants what it missed, which it asks for itself. */
    bool returns = v->lost_ns != 0 && v->placed;
    snprintf(target, sizeof target, "%s%s", s->options.socket, returns ? "?backlog=0" : "");
    snprintf(proof, sizeof proof, "Authorization: Bearer %s\r\nSec-WebSocket-Protocol: odeon\r\n",
             v->token);
  } else {
    snprintf(target, sizeof target, "%s", v->path != NULL ? v->path : s->options.upgrade);
  }
  int length = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: %s:%u\r\nUpgrade: websocket\r\n"
                        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: b2Rlb24tc3dhcm0tdmlldw==\r\n%s%s\r\n",
                        target, address, v->place.port, proof, s->options.deflate ? offer : "");
  viewer_send(s, v, request, (size_t)length);
}

void viewer_enter(struct swarm *s, struct viewer *v) {
  const struct options *o = &s->options;
  v->walks = o->socket != NULL;
  if (!v->walks && o->seat != NULL) {
    http_ask(s, v, PHASE_SEAT);
    return;
  }
  if (o->seats == NULL) v->place = o->places[(v->index + v->turn) % (uint32_t)o->place_count];
  viewer_connect(s, v);
}

void viewer_renew(struct swarm *s, struct viewer *v) {
  drop_connection(v);
  v->renewed = true;
  free(v->token);
  v->token = NULL;
  http_ask(s, v, PHASE_GUEST);
}

void viewer_led(struct swarm *s, struct viewer *v) {
  drop_connection(v);
  v->walks = false;
  viewer_connect(s, v);
}

void viewer_start(struct swarm *s, struct viewer *v) {
  const struct options *o = &s->options;
  v->started_ns = now_ns();
  v->renewed = false;
  if (v->only_guest) s->signing += 1;
  else s->joining += 1;
  if (v->token == NULL && o->guest == NULL) {
    char token[64];
    snprintf(token, sizeof token, o->token, o->first + (int)v->index);
    v->token = strdup(token);
  }
  if (v->token == NULL) http_ask(s, v, PHASE_GUEST);
  else viewer_enter(s, v);
}

void viewer_opened(struct swarm *s, struct viewer *v) {
  uint64_t now = now_ns();
  v->phase = PHASE_OPEN;
  v->reads_out = 0;
  v->opened_ns = now;
  v->attempts = 0;
  s->joining -= 1;
  s->open += 1;
  if (v->lost_ns == 0) latency_add(s->joins, now - v->due_ns);
  else latency_add(s->returns, now - v->lost_ns);
}

/* Bytes used of the reply to the upgrade, 0 while it is cut off, -1 when it is a refusal. */
static long take_upgrade(struct swarm *s, struct viewer *v, const char *reply, size_t length) {
  const char *end = memmem(reply, length, "\r\n\r\n", 4);
  if (end == NULL) return 0;
  if (strncmp(reply, "HTTP/1.1 101", 12) != 0) {
    viewer_close(s, v, "upgrade");
    return -1;
  }
  v->phase = PHASE_GREETING;
  dialect_opened(s, v);
  return end + 4 - reply;
}

static void keep_rest(struct swarm *s, struct viewer *v, const uint8_t *rest, size_t length) {
  if (length > v->carry_room) {
    uint8_t *grown = length > FRAME_BYTES_MAX + 16 ? NULL : realloc(v->carry, length + 4096);
    if (grown == NULL) {
      viewer_close(s, v, "frame size");
      return;
    }
    v->carry = grown;
    v->carry_room = (uint32_t)length + 4096;
  }
  memcpy(v->carry, rest, length);
  v->carry_bytes = (uint32_t)length;
}

static void take_bytes(struct swarm *s, struct viewer *v, size_t length) {
  uint8_t *data = s->buffer;
  data[length] = 0;
  size_t used = 0;
  if (v->phase == PHASE_UPGRADE) {
    long head = take_upgrade(s, v, (const char *)data, length);
    if (head < 0) return;
    used = (size_t)head;
  }
  if (v->phase != PHASE_UPGRADE) {
    long frames = websocket_take(s, v, data + used, length - used);
    if (frames < 0) return;
    used += (size_t)frames;
  }
  if (used < length) keep_rest(s, v, data + used, length - used);
}

/* True when there may be more to read. */
static bool read_some(struct swarm *s, struct viewer *v, size_t bytes_max) {
  size_t before = v->carry_bytes;
  if (before > 0) memcpy(s->buffer, v->carry, before);
  ssize_t got = recv(v->fd, s->buffer + before, bytes_max, 0);
  if (got < 0 && errno == EINTR) return true;
  if (got < 0 && errno == EAGAIN) return false;
  if (got <= 0) {
    viewer_close(s, v, "closed 1006");
    return false;
  }
  s->counters.bytes += (uint64_t)got;
  s->counters.reads += 1;
  v->carry_bytes = 0;
  take_bytes(s, v, before + (size_t)got);
  return (size_t)got == bytes_max && v->fd >= 0 && !v->held;
}

void viewer_read(struct swarm *s, struct viewer *v, size_t bytes_max) {
  read_some(s, v, bytes_max);
}

void viewer_ready(struct swarm *s, struct viewer *v, uint32_t events) {
  if (v->phase == PHASE_GONE || v->fd < 0) return;
  if (v->connected) {
    /* Told once of what has come, its end included: what is left is not told again. */
    bool ends = (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) != 0;
    while (read_some(s, v, READ_BYTES) || (ends && v->fd >= 0 && v->connected && !v->held)) continue;
    return;
  }
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(v->fd, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0 || (events & (EPOLLERR | EPOLLHUP)) != 0) {
    v->turn += 1;
    viewer_close(s, v, error == ECONNREFUSED ? "connection refused" : "connect");
    return;
  }
  v->connected = true;
  watch(s, v, EPOLL_CTL_MOD, READABLE);
  ask_for_upgrade(s, v);
}
