/* The few things read out of msgpack: numbers, and values of keys in a map known by their bytes. */
#define _GNU_SOURCE
#include <string.h>

#include "swarm.h"

static uint64_t big_endian(const uint8_t *p, int bytes) {
  uint64_t value = 0;
  for (int i = 0; i < bytes; i += 1) value = value << 8 | p[i];
  return value;
}

/* Bytes used by a number that is not negative, 0 when there is none. */
size_t msgpack_number(const uint8_t *p, const uint8_t *end, uint64_t *value) {
  static const uint8_t widths[] = {1, 2, 4, 8};
  if (p >= end) return 0;
  if (*p < 0x80) {
    *value = *p;
    return 1;
  }
  if (*p >= 0xcc && *p <= 0xcf) {
    int width = widths[*p - 0xcc];
    if (end - p <= width) return 0;
    *value = big_endian(p + 1, width);
    return 1 + (size_t)width;
  }
  if (*p == 0xcb && end - p > 8) {
    uint64_t bits = big_endian(p + 1, 8);
    double number;
    memcpy(&number, &bits, sizeof number);
    if (number < 0 || number > 9e15) return 0;
    *value = (uint64_t)number;
    return 9;
  }
  return 0;
}

/* The first value behind a key of at most 31 bytes. */
static const uint8_t *behind_key(const uint8_t *data, size_t length, const char *key) {
  uint8_t packed[33];
  size_t bytes = strlen(key);
  packed[0] = (uint8_t)(0xa0 | bytes);
  memcpy(packed + 1, key, bytes);
  const uint8_t *found = memmem(data, length, packed, bytes + 1);
  return found == NULL ? NULL : found + bytes + 1;
}

bool msgpack_value(const uint8_t *data, size_t length, const char *key, uint64_t *value) {
  const uint8_t *at = behind_key(data, length, key);
  return at != NULL && msgpack_number(at, data + length, value) > 0;
}

const uint8_t *msgpack_list(const uint8_t *data, size_t length, const char *key, size_t *count) {
  const uint8_t *at = behind_key(data, length, key), *end = data + length;
  if (at == NULL || at >= end) return NULL;
  if ((*at & 0xf0) == 0x90) {
    *count = *at & 15u;
    return at + 1;
  }
  if (*at != 0xdc || end - at < 3) return NULL;
  *count = (size_t)big_endian(at + 1, 2);
  return at + 3;
}

bool msgpack_is_true(const uint8_t *data, size_t length, const char *key) {
  const uint8_t *at = behind_key(data, length, key);
  return at != NULL && at < data + length && *at == 0xc3;
}
