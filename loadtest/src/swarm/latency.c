/* Latencies in logarithmic buckets: 256 to each power of two, so at most 0.4 % wide. */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "swarm.h"

#define SUB_BITS 8
#define SUB (1u << SUB_BITS)
#define BUCKETS ((64 - SUB_BITS + 1) * SUB)

struct latency {
  uint64_t count, sum_ns, min_ns, max_ns;
  uint64_t buckets[BUCKETS];
};

struct latency *latency_new(void) {
  struct latency *l = malloc(sizeof *l);
  if (l == NULL) abort();
  latency_clear(l);
  return l;
}

void latency_clear(struct latency *l) {
  memset(l, 0, sizeof *l);
  l->min_ns = UINT64_MAX;
}

static unsigned bucket_of(uint64_t ns) {
  if (ns < SUB) return (unsigned)ns;
  unsigned shift = 63u - (unsigned)__builtin_clzll(ns) - SUB_BITS;
  return (shift + 1) * SUB + (unsigned)((ns >> shift) - SUB);
}

static uint64_t middle_of(unsigned bucket) {
  if (bucket < SUB) return bucket;
  unsigned shift = bucket / SUB - 1;
  uint64_t low = (uint64_t)(bucket % SUB + SUB) << shift;
  return low + ((1ull << shift) >> 1);
}

void latency_add(struct latency *l, uint64_t ns) {
  l->count += 1;
  l->sum_ns += ns;
  if (ns < l->min_ns) l->min_ns = ns;
  if (ns > l->max_ns) l->max_ns = ns;
  l->buckets[bucket_of(ns)] += 1;
}

static uint64_t quantile(const struct latency *l, double q) {
  uint64_t wanted = (uint64_t)(q * (double)l->count);
  if (wanted >= l->count) return l->max_ns;
  uint64_t seen = 0;
  for (unsigned b = 0; b < BUCKETS; b += 1) {
    seen += l->buckets[b];
    if (seen > wanted) return middle_of(b) > l->max_ns ? l->max_ns : middle_of(b);
  }
  return l->max_ns;
}

void latency_print(const struct latency *l, bool buckets) {
  if (l->count == 0) {
    printf("null");
    return;
  }
  printf("{\"count\":%" PRIu64 ",\"meanNs\":%" PRIu64 ",\"minNs\":%" PRIu64 ",\"maxNs\":%" PRIu64,
         l->count, l->sum_ns / l->count, l->min_ns, l->max_ns);
  printf(",\"p50Ns\":%" PRIu64 ",\"p90Ns\":%" PRIu64 ",\"p99Ns\":%" PRIu64 ",\"p999Ns\":%" PRIu64,
         quantile(l, 0.5), quantile(l, 0.9), quantile(l, 0.99), quantile(l, 0.999));
  if (buckets) {
    printf(",\"buckets\":[");
    bool first = true;
    for (unsigned b = 0; b < BUCKETS; b += 1) {
      if (l->buckets[b] == 0) continue;
      printf("%s[%" PRIu64 ",%" PRIu64 "]", first ? "" : ",", middle_of(b), l->buckets[b]);
      first = false;
    }
    printf("]");
  }
  printf("}");
}
