/* One viewer: asks for a seat over HTTP, upgrades a second connection, then reads frames. */
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

static void watch(struct swarm *s, struct viewer *v, int operation, uint32_t events) {
  struct epoll_event event = {.events = events, .data.u64 = v->index};
  epoll_ctl(s->epoll, operation, v->fd, &event);
}

/* Resets instead of closing in order, so that no port of ours lingers in TIME_WAIT. */
static void drop_connection(struct viewer *v) {
  if (v->fd < 0) return;
  struct linger now = {.l_onoff = 1, .l_linger = 0};
  setsockopt(v->fd, SOL_SOCKET, SO_LINGER, &now, sizeof now);
  close(v->fd);
  v->fd = -1;
  v->carry_bytes = 0;
}

void viewer_close(struct swarm *s, struct viewer *v, const char *why) {
  if (v->phase == PHASE_GONE) return;
  tally(why);
  if (v->phase == PHASE_OPEN) s->open -= 1, s->gone += 1;
  else s->joining -= 1, s->failed += 1;
  v->phase = PHASE_GONE;
  drop_connection(v);
  free(v->carry);
  v->carry = NULL;
  v->carry_room = 0;
}

void viewer_hold(struct swarm *s, struct viewer *v) {
  if (v->held || v->phase != PHASE_OPEN) return;
  v->held = true;
  watch(s, v, EPOLL_CTL_DEL, 0);
}

void viewer_release(struct swarm *s, struct viewer *v) {
  if (!v->held || v->phase != PHASE_OPEN) return;
  v->held = false;
  watch(s, v, EPOLL_CTL_ADD, EPOLLIN);
}

static void connect_viewer(struct swarm *s, struct viewer *v) {
  const struct options *o = &s->options;
  v->connected = false;
  v->fd = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (v->fd < 0) {
    viewer_close(s, v, "socket");
    return;
  }
  int yes = 1;
  setsockopt(v->fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
  setsockopt(v->fd, IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &yes, sizeof yes);
  if (v->slow && o->receive_bytes > 0) {
    setsockopt(v->fd, SOL_SOCKET, SO_RCVBUF, &o->receive_bytes, sizeof o->receive_bytes);
  }
  struct sockaddr_in from = {.sin_family = AF_INET};
  from.sin_addr.s_addr = htonl(0x7f000002u + (uint32_t)((int)v->index % o->sources));
  if (bind(v->fd, (struct sockaddr *)&from, sizeof from) < 0) {
    viewer_close(s, v, "bind");
    return;
  }
  struct sockaddr_in to = {.sin_family = AF_INET, .sin_port = htons(o->port)};
  inet_pton(AF_INET, o->address, &to.sin_addr);
  if (connect(v->fd, (struct sockaddr *)&to, sizeof to) < 0 && errno != EINPROGRESS) {
    viewer_close(s, v, "connect");
    return;
  }
  watch(s, v, EPOLL_CTL_ADD, EPOLLOUT);
}

bool viewer_send(struct swarm *s, struct viewer *v, const void *bytes, size_t length) {
  ssize_t sent = send(v->fd, bytes, length, MSG_NOSIGNAL);
  if (sent == (ssize_t)length) return true;
  viewer_close(s, v, "send");
  return false;
}

static void token_of(struct swarm *s, struct viewer *v, char *token, size_t room) {
  int number = s->options.first + (int)v->index;
  if (s->token_count > 0) snprintf(token, room, "%s", s->token_lines[v->index]);
  else snprintf(token, room, s->options.token, number);
}

static void ask_for_seat(struct swarm *s, struct viewer *v) {
  const struct options *o = &s->options;
  char token[1024], request[2048];
  token_of(s, v, token, sizeof token);
  int length = snprintf(request, sizeof request,
                        "POST %s HTTP/1.1\r\nHost: %s:%u\r\nAuthorization: Bearer %s\r\n"
                        "Content-Type: application/json\r\nAccept: application/json\r\n"
                        "Content-Length: %zu\r\n\r\n%s",
                        o->seat, o->address, o->port, token, strlen(o->body), o->body);
  viewer_send(s, v, request, (size_t)length);
}

static void ask_for_upgrade(struct swarm *s, struct viewer *v) {
  const struct options *o = &s->options;
  char request[1024];
  int length = snprintf(request, sizeof request,
                        "GET %s HTTP/1.1\r\nHost: %s:%u\r\nUpgrade: websocket\r\n"
                        "Connection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                        "Sec-WebSocket-Key: b2Rlb24tc3dhcm0tdmlldw==\r\n\r\n",
                        v->path != NULL ? v->path : o->upgrade, o->address, o->port);
  viewer_send(s, v, request, (size_t)length);
}

void viewer_start(struct swarm *s, struct viewer *v) {
  v->started_ns = now_ns();
  v->phase = s->options.seat != NULL ? PHASE_SEAT : PHASE_UPGRADE;
  s->joining += 1;
  connect_viewer(s, v);
}

void viewer_opened(struct swarm *s, struct viewer *v) {
  v->phase = PHASE_OPEN;
  s->joining -= 1;
  s->open += 1;
}

/* Copies the string value of `"key":"` into `value`. */
static bool json_text(const char *json, const char *key, char *value, size_t room) {
  char quoted[48];
  snprintf(quoted, sizeof quoted, "\"%s\"", key);
  const char *p = strstr(json, quoted);
  if (p == NULL) return false;
  p += strlen(quoted);
  while (*p == ' ' || *p == ':') p += 1;
  if (*p != '"') return false;
  const char *end = strchr(p + 1, '"');
  if (end == NULL || (size_t)(end - p) > room) return false;
  memcpy(value, p + 1, (size_t)(end - p - 1));
  value[end - p - 1] = 0;
  return true;
}

/* A whole reply: all of its announced length, or the last chunk. */
static bool is_whole(const char *head, size_t length) {
  const char *body = strstr(head, "\r\n\r\n");
  if (body == NULL) return false;
  const char *announced = strcasestr(head, "\r\ncontent-length:");
  if (announced != NULL && announced < body) {
    return length >= (size_t)(body + 4 - head) + (size_t)atoi(announced + 17);
  }
  return length >= 5 && strcmp(head + length - 5, "0\r\n\r\n") == 0;
}

static void take_seat(struct swarm *s, struct viewer *v, const char *reply, size_t length) {
  if (!is_whole(reply, length)) return;
  char session[64], process[64], room[128], path[320], why[64];
  int status = atoi(reply + 9);
  if (status != 200 || !json_text(reply, "sessionId", session, sizeof session) ||
      !json_text(reply, "processId", process, sizeof process) ||
      !json_text(reply, "roomId", room, sizeof room)) {
    char code[40] = "no code";
    json_text(reply, "code", code, sizeof code);
    snprintf(why, sizeof why, "seat %d %s", status, code);
    viewer_close(s, v, why);
    return;
  }
  snprintf(path, sizeof path, "/%s/%s?sessionId=%s", process, room, session);
  drop_connection(v);
  v->path = strdup(path);
  v->phase = PHASE_UPGRADE;
  connect_viewer(s, v);
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
  if (v->phase == PHASE_SEAT) {
    keep_rest(s, v, data, length);
    if (v->phase == PHASE_SEAT) take_seat(s, v, (const char *)data, length);
    return;
  }
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
  keep_rest(s, v, data + used, length - used);
}

void viewer_read(struct swarm *s, struct viewer *v, size_t bytes_max) {
  size_t before = v->carry_bytes;
  if (before > 0) memcpy(s->buffer, v->carry, before);
  ssize_t got = recv(v->fd, s->buffer + before, bytes_max, 0);
  if (got < 0) {
    if (errno != EAGAIN && errno != EINTR) viewer_close(s, v, "closed 1006");
    return;
  }
  if (got == 0) {
    viewer_close(s, v, "closed 1006");
    return;
  }
  s->counters.bytes += (uint64_t)got;
  s->counters.reads += 1;
  v->carry_bytes = 0;
  take_bytes(s, v, before + (size_t)got);
}

void viewer_ready(struct swarm *s, struct viewer *v, uint32_t events) {
  if (v->phase == PHASE_GONE || v->fd < 0) return;
  if (v->connected) {
    viewer_read(s, v, READ_BYTES);
    return;
  }
  int error = 0;
  socklen_t size = sizeof error;
  getsockopt(v->fd, SOL_SOCKET, SO_ERROR, &error, &size);
  if (error != 0 || (events & (EPOLLERR | EPOLLHUP)) != 0) {
    viewer_close(s, v, error == ECONNREFUSED ? "connection refused" : "connect");
    return;
  }
  v->connected = true;
  watch(s, v, EPOLL_CTL_MOD, EPOLLIN);
  if (v->phase == PHASE_SEAT) ask_for_seat(s, v);
  else ask_for_upgrade(s, v);
}
