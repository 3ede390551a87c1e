/* What the server answers to somebody who signs in as a guest or asks for a seat. */
#define _GNU_SOURCE
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "swarm.h"

#define REPLY_BYTES_MAX 4096

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

static void refused(struct swarm *s, struct viewer *v, int status, const char *reply) {
  if (status == 401 && v->phase != PHASE_GUEST && s->options.guest != NULL && !v->renewed) {
    viewer_renew(s, v);
    return;
  }
  /* One that buys nothing any more: another try begins as somebody new. */
  if (v->phase == PHASE_GUEST && status == 401) {
    free(v->refresh);
    v->refresh = NULL;
  }
  char code[40] = "no code", why[64];
  json_text(reply, "code", code, sizeof code);
  snprintf(why, sizeof why, "%s %d %s", v->phase == PHASE_GUEST ? "guest" : "seat", status, code);
  viewer_close(s, v, why);
}

static void take_token(struct swarm *s, struct viewer *v, int status, const char *reply) {
  char token[TOKEN_BYTES_MAX];
  if ((status != 201 && status != 200) || !json_text(reply, "accessToken", token, sizeof token)) {
    refused(s, v, status, reply);
    return;
  }
  v->token = strdup(token);
  if (json_text(reply, "refreshToken", token, sizeof token)) {
    free(v->refresh);
    v->refresh = strdup(token);
  }
  if (!v->only_guest) {
    viewer_enter(s, v);
    return;
  }
  s->signing -= 1;
  v->only_guest = false;
  v->phase = PHASE_IDLE;
}

/*
 * A seat says where its socket goes; where it does not, that is where it was asked for. False, and
 * the viewer is gone, when there is none.
 */
static bool read_seat(struct swarm *s, struct viewer *v, int status, const char *reply) {
  char session[64], process[64], room[128], at[192] = "", path[512];
  if (status != 200 || !json_text(reply, "sessionId", session, sizeof session) ||
      !json_text(reply, "processId", process, sizeof process) ||
      !json_text(reply, "roomId", room, sizeof room)) {
    refused(s, v, status, reply);
    return false;
  }
  if (!v->walks) v->place = s->options.places[0];
  bool is_named = json_text(reply, "publicAddress", at, sizeof at);
  /* Behind a front the address of a process has a path of its own. */
  const char *under = at + strcspn(at, "/");
  if (is_named && !read_place(at, (size_t)(under - at), &v->place)) {
    viewer_close(s, v, "seat elsewhere");
    return false;
  }
  snprintf(path, sizeof path, "%s/%s/%s?sessionId=%s", under, process, room, session);
  free(v->path);
  v->path = strdup(path);
  return true;
}

static void take_seat(struct swarm *s, struct viewer *v, int status, const char *reply) {
  if (!read_seat(s, v, status, reply)) return;
  if (s->options.hold) {
    s->joining -= 1;
    v->phase = PHASE_IDLE;
    return;
  }
  viewer_connect(s, v);
}

bool viewer_told(struct swarm *s, struct viewer *v, const uint8_t *text, size_t length) {
  char reply[REPLY_BYTES_MAX];
  size_t kept = length < sizeof reply - 1 ? length : sizeof reply - 1;
  memcpy(reply, text, kept);
  reply[kept] = 0;
  const char *status = strstr(reply, "\"status\":");
  return read_seat(s, v, status == NULL ? 200 : atoi(status + 9), reply);
}

void viewer_answered(struct swarm *s, struct viewer *v, int status, const char *reply) {
  if (v->phase == PHASE_GUEST) take_token(s, v, status, reply);
  else if (v->phase == PHASE_SEAT) take_seat(s, v, status, reply);
}
