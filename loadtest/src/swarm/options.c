/* The options of the swarm, checked: nothing but loopback is ever loaded. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "swarm.h"

/* `127.0.0.1:2567`; false for everything that is not of this machine. */
bool read_place(const char *text, size_t length, struct place *place) {
  char copy[64];
  if (length >= sizeof copy) return false;
  memcpy(copy, text, length);
  copy[length] = 0;
  char *colon = strrchr(copy, ':');
  if (colon == NULL) return false;
  *colon = 0;
  const char *host = strcmp(copy, "localhost") == 0 ? "127.0.0.1" : copy;
  struct in_addr address;
  int port = atoi(colon + 1);
  if (inet_pton(AF_INET, host, &address) != 1 || port < 1 || port > 65535) return false;
  if (ntohl(address.s_addr) >> 24 != 127) return false;
  place->address = address.s_addr;
  place->port = (uint16_t)port;
  return true;
}

void read_places(struct options *o, const char *list) {
  if (*list == 0) fail("there must be an address");
  o->place_count = 0;
  for (const char *at = list; *at != 0 && o->place_count < ADDRESSES_MAX;) {
    size_t length = strcspn(at, ",");
    if (!read_place(at, length, &o->places[o->place_count])) {
      fail("only loopback addresses (127.0.0.0/8) may be loaded");
    }
    o->place_count += 1;
    at += length + (at[length] == ',' ? 1 : 0);
  }
}

static void read_option(struct options *o, int key, const char *value) {
  switch (key) {
    case 'a': read_places(o, value); break;
    case 'd':
      o->dialect = strcmp(value, "socketio") == 0 ? DIALECT_SOCKETIO
                   : strcmp(value, "raw") == 0    ? DIALECT_RAW
                                                  : DIALECT_COLYSEUS;
      break;
    case 's': o->seat = value; break;
    case 'k': o->socket = value; break;
    case 'b': o->body = value; break;
    case 't': o->token = value; break;
    case 'T': o->tokens = value; break;
    case 'g': o->guest = value; break;
    case 'Q': o->seats = value; break;
    case 'u': o->upgrade = value; break;
    case 'y': o->say = value; break;
    case 'c': o->hearts = atoi(value); break;
    case 'S': o->sources = atoi(value); break;
    case 'j': o->joining_max = atoi(value); break;
    case 'n': o->lanes = atoi(value); break;
    case 'e': o->sample_every = atoi(value); break;
    case 'l': o->slow_percent = atoi(value); break;
    case 'r': o->receive_bytes = atoi(value); break;
    case 'L': o->lifetime_s = atoi(value); break;
    case 'f': o->first = atoi(value); break;
    case 'w': o->watched_pid = atoi(value); break;
    case 'H': o->hold = atoi(value); break;
    case 'D': o->deflate = atoi(value); break;
    case 'R': o->returns = atoi(value); break;
    case 'x': o->seed = (uint32_t)strtoul(value, NULL, 10); break;
    default: exit(2);
  }
}

/* A line of a file for each viewer: a token, or where its socket goes. */
static void read_lines(struct swarm *s, const char *name,
                       void (*take)(struct viewer *, const char *)) {
  if (name == NULL) return;
  FILE *file = fopen(name, "r");
  if (file == NULL) fail("a file of tokens or seats cannot be read");
  char line[TOKEN_BYTES_MAX];
  for (int i = 0; i < VIEWERS_MAX && fgets(line, sizeof line, file) != NULL; i += 1) {
    line[strcspn(line, "\r\n")] = 0;
    take(&s->viewers[i], line);
  }
  fclose(file);
}

static void take_token(struct viewer *v, const char *line) { v->token = strdup(line); }

static void take_seat_line(struct viewer *v, const char *line) {
  size_t length = strcspn(line, " ");
  if (line[length] == 0 || !read_place(line, length, &v->place)) fail("a seat of the file is none");
  v->path = strdup(line + length + 1);
}

void read_options(struct swarm *s, int argc, char **argv) {
  static const struct option known[] = {
      {"address", 1, 0, 'a'}, {"dialect", 1, 0, 'd'},  {"seat", 1, 0, 's'},
      {"body", 1, 0, 'b'},    {"token", 1, 0, 't'},    {"tokens", 1, 0, 'T'},
      {"guest", 1, 0, 'g'},   {"seats", 1, 0, 'Q'},    {"upgrade", 1, 0, 'u'},
      {"say", 1, 0, 'y'},     {"sources", 1, 0, 'S'},  {"joining", 1, 0, 'j'},
      {"lanes", 1, 0, 'n'},   {"sample", 1, 0, 'e'},   {"slow", 1, 0, 'l'},
      {"receive", 1, 0, 'r'}, {"lifetime", 1, 0, 'L'}, {"first", 1, 0, 'f'},
      {"watch", 1, 0, 'w'},   {"returns", 1, 0, 'R'},  {"seed", 1, 0, 'x'},
      {"hold", 1, 0, 'H'},    {"deflate", 1, 0, 'D'},  {"hearts", 1, 0, 'c'},
      {"socket", 1, 0, 'k'},
      {0, 0, 0, 0}};
  struct options *o = &s->options;
  for (int key = getopt_long(argc, argv, "", known, NULL); key != -1;
       key = getopt_long(argc, argv, "", known, NULL)) {
    read_option(o, key, optarg);
  }
  if (o->place_count == 0) fail("an --address is needed");
  if (o->sources < 1 || o->sources > 250) fail("sources must be 1 to 250");
  if (o->lanes < 1 || o->lanes > 256) fail("lanes must be 1 to 256");
  if (o->hearts < 1 || o->hearts > 10) fail("hearts must be 1 to 10");
  if (strlen(o->say) > 31) fail("the command's name is too long");
  s->viewers = calloc(VIEWERS_MAX, sizeof *s->viewers);
  read_lines(s, o->tokens, take_token);
  read_lines(s, o->seats, take_seat_line);
}
