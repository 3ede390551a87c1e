/*
 * Guests and seats over a few connections that stay open: one request at a time on each, in the
 * order asked, so that the server parses requests and does not accept connections.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>

#include "swarm.h"

#define LANES_MAX 256
#define REPLY_BYTES_MAX 16384
#define RETRY_NS 200000000ull
#define RESTED_NS 1000000000ull

struct lane {
  int fd; /* 0 while there is none: descriptor 0 is stdin */
  int turn; /* which of the addresses */
  bool connected;
  struct viewer *asker;
  uint64_t answered_ns; /* 0 while it is new */
  /* It rested before it was asked: the server may have closed it just then. */
  bool had_rested;
  uint64_t retry_ns;
  size_t held;
  char reply[REPLY_BYTES_MAX];
};

static struct lane lanes[LANES_MAX];
/* Those who wait for a lane: a ring. A viewer stands in it once at most. */
static uint32_t waiting[VIEWERS_MAX + 1];
static uint32_t first, last;

void http_ask(struct swarm *s, struct viewer *v, enum phase phase) {
  (void)s;
  v->phase = phase;
  waiting[last] = v->index;
  last = (last + 1) % (VIEWERS_MAX + 1);
}

static struct viewer *next_asker(struct swarm *s) {
  while (first != last) {
    struct viewer *v = &s->viewers[waiting[first]];
    first = (first + 1) % (VIEWERS_MAX + 1);
    if (v->phase == PHASE_GUEST || v->phase == PHASE_SEAT) return v;
  }
  return NULL;
}

static void watch(struct swarm *s, struct lane *lane, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.u64 = LANE_KEY + (uint64_t)(lane - lanes)};
  epoll_ctl(s->epoll, operation, lane->fd, &event);
}

/*
 * The connection is gone; what was asked on it failed. One that had rested and now says nothing was
 * closed before it was asked, and what was asked is asked again.
 */
static void drop(struct swarm *s, struct lane *lane, const char *why) {
  bool is_again = lane->had_rested && lane->held == 0;
  close_at_once(lane->fd);
  lane->fd = 0;
  lane->connected = false;
  lane->held = 0;
  lane->turn += 1;
  lane->retry_ns = now_ns() + RETRY_NS;
  struct viewer *asker = lane->asker;
  lane->asker = NULL;
  lane->answered_ns = 0;
  if (asker == NULL) return;
  if (!is_again) {
    viewer_close(s, asker, why);
    return;
  }
  s->counters.asked_again += 1;
  http_ask(s, asker, asker->phase);
}

static void ask(struct swarm *s, struct lane *lane) {
  const struct options *o = &s->options;
  struct viewer *v = lane->asker;
  bool is_guest = v->phase == PHASE_GUEST, is_renewal = is_guest && v->refresh != NULL;
  const char *body = is_guest ? "{}" : v->lost_ns != 0 && v->placed ? "{\"backlog\":0}" : o->body;
  char bearer[TOKEN_BYTES_MAX + 32] = "", request[2 * TOKEN_BYTES_MAX + 1024];
  char renewal[TOKEN_BYTES_MAX + 32], path[256];
  snprintf(path, sizeof path, "%s", is_guest ? o->guest : o->seat);
  if (is_renewal) {
    /* Beside where guests sign in. */
    char *end = strrchr(path, '/');
    if (end != NULL) snprintf(end, sizeof path - (size_t)(end - path), "/refresh");
    snprintf(renewal, sizeof renewal, "{\"refreshToken\":\"%s\"}", v->refresh);
    body = renewal;
  }
  if (!is_guest && v->token != NULL) {
    snprintf(bearer, sizeof bearer, "Authorization: Bearer %s\r\n", v->token);
  }
  int length = snprintf(request, sizeof request,
                        "POST %s HTTP/1.1\r\nHost: 127.0.0.1\r\n%sX-Odeon-Client: program\r\n"
                        "Content-Type: application/json\r\nAccept: application/json\r\n"
                        "Content-Length: %zu\r\n\r\n%s",
                        path, bearer, strlen(body), body);
  if (send(lane->fd, request, (size_t)length, MSG_NOSIGNAL) != length) {
    drop(s, lane, "seat connection lost");
  }
}

static void open_lane(struct swarm *s, struct lane *lane, uint64_t now) {
  const struct options *o = &s->options;
  if (now < lane->retry_ns) return;
  uint32_t number = (uint32_t)(lane - lanes);
  struct place to = o->places[((int)number + lane->turn) % o->place_count];
  lane->fd = connect_from(s, number, to, 0);
  if (lane->fd < 0) {
    lane->fd = 0;
    lane->retry_ns = now + RETRY_NS;
    return;
  }
  watch(s, lane, EPOLL_CTL_ADD, EPOLLOUT);
}

/* Gives work to lanes that have none. */
void http_pump(struct swarm *s, uint64_t now) {
  for (int i = 0; first != last && i < s->options.lanes; i += 1) {
    struct lane *lane = &lanes[i];
    if (lane->fd == 0) open_lane(s, lane, now);
    if (lane->fd == 0 || !lane->connected || lane->asker != NULL) continue;
    lane->asker = next_asker(s);
    if (lane->asker == NULL) return;
    lane->had_rested = lane->answered_ns > 0 && now > lane->answered_ns + RESTED_NS;
    ask(s, lane);
  }
}

/* Bytes of the first whole reply: all of its announced length, or up to its last chunk; or 0. */
static size_t whole_reply(const char *head, size_t length) {
  const char *body = strstr(head, "\r\n\r\n");
  if (body == NULL) return 0;
  const char *announced = strcasestr(head, "\r\ncontent-length:");
  if (announced != NULL && announced < body) {
    size_t total = (size_t)(body + 4 - head) + (size_t)atoi(announced + 17);
    return length >= total ? total : 0;
  }
  return length >= 5 && strcmp(head + length - 5, "0\r\n\r\n") == 0 ? length : 0;
}

static void take_reply(struct swarm *s, struct lane *lane) {
  lane->reply[lane->held] = 0;
  if (whole_reply(lane->reply, lane->held) == 0) return;
  struct viewer *asker = lane->asker;
  lane->asker = NULL;
  lane->held = 0;
  lane->answered_ns = now_ns();
  bool is_last = strcasestr(lane->reply, "\r\nconnection: close") != NULL;
  if (asker != NULL) viewer_answered(s, asker, atoi(lane->reply + 9), lane->reply);
  if (is_last) {
    drop(s, lane, "");
    lane->retry_ns = 0;
  }
}

void http_ready(struct swarm *s, uint64_t number, uint32_t events) {
  struct lane *lane = &lanes[number];
  if (lane->fd == 0) return;
  if (!lane->connected) {
    int error = 0;
    socklen_t size = sizeof error;
    getsockopt(lane->fd, SOL_SOCKET, SO_ERROR, &error, &size);
    if (error != 0 || (events & (EPOLLERR | EPOLLHUP)) != 0) {
      drop(s, lane, "");
      return;
    }
    lane->connected = true;
    watch(s, lane, EPOLL_CTL_MOD, EPOLLIN);
    return;
  }
  size_t room = sizeof lane->reply - 1 - lane->held;
  ssize_t got = room == 0 ? 0 : recv(lane->fd, lane->reply + lane->held, room, 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) {
    drop(s, lane, "seat connection lost");
    return;
  }
  lane->held += (size_t)got;
  take_reply(s, lane);
}
