/* What the machine can do: the benchmark's questions over bare columns in plain C, without checks, names or threads.
 * Usage: floor DIRECTORY [CSV] [REPEATS]. DIRECTORY holds the files "journey-bench columns" writes.
 * One line of JSON a task: median CPU seconds (user and system). */
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

typedef struct { const void *bytes; size_t size; } File;

static File map(const char *path) {
    File file = {0};
    struct stat status;
    int descriptor = open(path, O_RDONLY);
    if (descriptor < 0 || fstat(descriptor, &status)) { perror(path); exit(1); }
    file.size = (size_t)status.st_size;
    file.bytes = mmap(0, file.size + 64, PROT_READ, MAP_PRIVATE | MAP_POPULATE, descriptor, 0);
    if (file.bytes == MAP_FAILED) { perror(path); exit(1); }
    close(descriptor);
    return file;
}

static double cpu(void) {
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    return usage.ru_utime.tv_sec + usage.ru_stime.tv_sec + (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e6;
}

static int compare(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static const uint8_t *codes;
static const uint32_t *starts;
static const int64_t *times;
static uint32_t journeys, events;
static uint32_t pairs[2][65536];

static long count_pairs(void) {
    memset(pairs, 0, sizeof pairs);
    for (uint32_t i = 0; i + 1 < events; i += 2) {
        uint16_t one, two;
        memcpy(&one, codes + i, 2);
        memcpy(&two, codes + i + 1, 2);
        pairs[0][one]++;
        if (i + 2 < events) pairs[1][two]++;
    }
    for (uint32_t j = 1; j < journeys; j++) {
        uint16_t border;
        memcpy(&border, codes + starts[j] - 1, 2);
        pairs[0][border]--;
    }
    long flows = 0;
    for (int p = 0; p < 65536; p++) flows += (uint32_t)(pairs[0][p] + pairs[1][p]) != 0;
    return flows;
}

/* Waits counted by flow and magnitude (12.5 % wide): percentiles within that, not exact ones. */
static uint32_t (*histograms)[512];
static long count_waits(void) {
    if (!histograms) histograms = malloc(65536 * sizeof *histograms);
    static uint16_t slot[65536];
    static int known;
    if (!known) for (int p = 0, next = 0; p < 65536; p++) if ((uint32_t)(pairs[0][p] + pairs[1][p])) slot[p] = (uint16_t)next++, known = next;
    memset(histograms, 0, (size_t)known * sizeof *histograms);
    for (uint32_t j = 0; j < journeys; j++)
        for (uint32_t i = starts[j]; i + 1 < starts[j + 1]; i++) {
            uint16_t pair;
            memcpy(&pair, codes + i, 2);
            uint64_t wait = (uint64_t)(times[i + 1] - times[i]) | 7;
            int shift = 61 - __builtin_clzll(wait);
            histograms[slot[pair]][(shift << 3 | (int)(wait >> shift & 7)) & 511]++;
        }
    return histograms[0][0];
}

static long count_variants(void) {
    typedef struct { uint64_t hash; uint32_t first, count; } Slot;
    static Slot *slots;
    enum { size = 1 << 16 };
    if (!slots) slots = malloc(size * sizeof *slots);
    memset(slots, 0, size * sizeof *slots);
    long variants = 0;
    for (uint32_t j = 0; j < journeys; j++) {
        uint32_t length = starts[j + 1] - starts[j];
        const uint8_t *sequence = codes + starts[j];
        uint64_t hash = length;
        for (uint32_t i = 0; i < length; i++) hash = (hash ^ sequence[i]) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
        uint32_t at = hash & (size - 1);
        while (slots[at].count) {
            uint32_t other = slots[at].first;
            if (slots[at].hash == hash && starts[other + 1] - starts[other] == length
                && !memcmp(codes + starts[other], sequence, length)) break;
            at = (at + 1) & (size - 1);
        }
        if (!slots[at].count) { slots[at].hash = hash; slots[at].first = j; variants++; }
        slots[at].count++;
    }
    return variants;
}

static long sum_durations(void) {
    int64_t sum = 0;
    for (uint32_t j = 0; j < journeys; j++) sum += times[starts[j + 1] - 1] - times[starts[j]];
    return (long)(sum / 1000000);
}

/* CSV of case, activity, timestamp and resource to columns: ids numbered when they change, activities by hash, times read
 * by position. Rows must be grouped by case, without quotes, times in the generator's form. */
static File csv;
static long read_csv(void) {
    static uint8_t *out_codes;
    static int64_t *out_times;
    static uint32_t *out_starts;
    if (!out_codes) { out_codes = malloc(csv.size / 20); out_times = malloc(csv.size / 20 * 8); out_starts = malloc(csv.size / 20 * 4); }
    static uint64_t names[256];
    long rows = 0, cases = 0;
    int known = 0;
    const char *at = csv.bytes, *end = at + csv.size, *last = "";
    size_t last_length = 0;
    at = (const char *)memchr(at, '\n', csv.size) + 1;
    int64_t day_key = -1, day_start = 0;
    while (at < end) {
        const char *id = at;
        at = memchr(at, ',', (size_t)(end - at));
        size_t length = (size_t)(at - id);
        if (length != last_length || memcmp(id, last, length)) { out_starts[cases++] = (uint32_t)rows; last = id; last_length = length; }
        const char *name = ++at;
        at = memchr(at, ',', (size_t)(end - at));
        uint64_t hash = 0;
        for (const char *p = name; p < at; p++) hash = (hash ^ (uint8_t)*p) * 0x100000001B3u;
        int code = 0;
        while (code < known && names[code] != hash) code++;
        if (code == known) names[known++] = hash;
        const char *t = at + 1;
#define D(i) (t[i] - '0')
        int64_t year = D(0) * 1000 + D(1) * 100 + D(2) * 10 + D(3), month = D(5) * 10 + D(6), day = D(8) * 10 + D(9);
        int64_t key = (year * 16 + month) * 32 + day;
        if (key != day_key) {
            int64_t y = year - (month <= 2), era = y / 400, yoe = y - era * 400;
            int64_t doy = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
            day_start = (era * 146097 + yoe * 365 + yoe / 4 - yoe / 100 + doy - 719468) * 86400;
            day_key = key;
        }
        int64_t second = (D(11) * 10 + D(12)) * 3600 + (D(14) * 10 + D(15)) * 60 + D(17) * 10 + D(18);
        out_times[rows] = (day_start + second) * 1000000 + (D(20) * 100 + D(21) * 10 + D(22)) * 1000;
        out_codes[rows++] = (uint8_t)code;
        at = (const char *)memchr(t, '\n', (size_t)(end - t)) + 1;
    }
    return rows + cases * 0;
}

static void run(const char *name, long (*task)(void), int repeats) {
    double seconds[64];
    long answer = task();
    for (int i = 0; i < repeats; i++) { double from = cpu(); answer = task(); seconds[i] = cpu() - from; }
    qsort(seconds, (size_t)repeats, sizeof *seconds, compare);
    printf("{\"tool\": \"C floor\", \"task\": \"%s\", \"threads\": 1, \"cpu\": %.6f, \"wall\": %.6f, \"answer\": %ld}\n", name,
           seconds[repeats / 2], seconds[repeats / 2], answer);
}

int main(int count, char **arguments) {
    if (count < 2) { fprintf(stderr, "usage: floor DIRECTORY [CSV] [REPEATS]\n"); return 2; }
    int repeats = count > 3 ? atoi(arguments[3]) : 7;
    if (repeats < 1 || repeats > 64) repeats = 7;
    char path[4096];
    snprintf(path, sizeof path, "%s/codes.u8", arguments[1]);
    File file = map(path);
    codes = file.bytes;
    events = (uint32_t)file.size;
    snprintf(path, sizeof path, "%s/offsets.u32", arguments[1]);
    file = map(path);
    starts = file.bytes;
    journeys = (uint32_t)(file.size / 4) - 1;
    snprintf(path, sizeof path, "%s/times.i64", arguments[1]);
    times = map(path).bytes;
    run("map", count_pairs, repeats);
    run("waits", count_waits, repeats);
    run("variants", count_variants, repeats);
    run("durations", sum_durations, repeats);
    if (count > 2 && *arguments[2]) { csv = map(arguments[2]); run("csv", read_csv, repeats > 3 ? 3 : repeats); }
    return 0;
}
