/* Loaded into a server under test (LD_PRELOAD): writes down every change of the files below one folder, so that the
   disk can be drawn up as a power cut would have left it; sets the clock off; and refuses writes as a full or broken
   disk does. Linux only; compiled by torture.py.

   TORTURE_FOLDER   files below it are watched
   TORTURE_JOURNAL  the file the changes are written to; none: nothing is written down
   TORTURE_CONTROL  a file of three 64-bit numbers, read at every use: nanoseconds to add to the wall clock, the errno
                    that writes and syncs fail with (0: none), how many of them may still go through before that

   A journal entry: kind (1 byte), file number (4), nanoseconds of the steady clock (8), offset (8), length (4), bytes.
   Writes are noted before they are made and syncs after they are done, so the journal never takes an unsynced write
   for a synced one. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <time.h>
#include <unistd.h>

enum { WRITE = 'w', TRUNCATE = 't', SYNC = 's', OPEN = 'o', UNLINK = 'u', RENAME = 'r', LINK = 'l', SYNC_FOLDER = 'd' };

struct control {
    volatile int64_t clock;
    volatile int64_t failure;
    volatile int64_t grace;
};

static char folder[PATH_MAX];
static size_t folder_length;
static int journal = -1;
static struct control *control;
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static uint32_t files; /* numbers given so far */
static struct watched {
    uint32_t file; /* 0: not watched */
    int is_folder;
    char *path;
} watched[65536];

static uint64_t steady(void) {
    struct timespec now;
    syscall(SYS_clock_gettime, CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("TORTURE_FOLDER");
    if (name && realpath(name, folder)) folder_length = strlen(folder);
    if ((name = getenv("TORTURE_JOURNAL")) && folder_length)
        journal = (int)syscall(SYS_openat, AT_FDCWD, name, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
    if ((name = getenv("TORTURE_CONTROL"))) {
        int file = (int)syscall(SYS_openat, AT_FDCWD, name, O_RDWR | O_CLOEXEC, 0);
        if (file >= 0) {
            void *memory = mmap(NULL, sizeof(struct control), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
            if (memory != MAP_FAILED) control = memory;
            syscall(SYS_close, file);
        }
    }
}

/* The lock is held. */
static void note(char kind, uint32_t file, uint64_t offset, const void *bytes, size_t length) {
    if (journal < 0) return;
    unsigned char head[25];
    uint64_t at = steady();
    uint32_t count = (uint32_t)length;
    head[0] = (unsigned char)kind;
    memcpy(head + 1, &file, 4);
    memcpy(head + 5, &at, 8);
    memcpy(head + 13, &offset, 8);
    memcpy(head + 21, &count, 4);
    struct iovec parts[2] = {{head, sizeof head}, {(void *)bytes, length}};
    syscall(SYS_writev, journal, parts, length ? 2 : 1);
}

/* Path below the folder, or NULL. */
static const char *below(const char *path, char *buffer) {
    if (!folder_length) return NULL;
    if (path[0] != '/') {
        char here[PATH_MAX];
        if (!getcwd(here, sizeof here)) return NULL;
        if (snprintf(buffer, PATH_MAX, "%s/%s", here, path) >= PATH_MAX) return NULL;
    } else {
        if (snprintf(buffer, PATH_MAX, "%s", path) >= PATH_MAX) return NULL;
    }
    char *end = buffer + strlen(buffer);
    while (end > buffer + 1 && end[-1] == '/') *--end = 0;
    if (strncmp(buffer, folder, folder_length) != 0) return NULL;
    if (buffer[folder_length] == 0) return buffer + folder_length;
    return buffer[folder_length] == '/' ? buffer + folder_length + 1 : NULL;
}

static void opened(int file, const char *path, int flags) {
    if (file < 0 || file >= 65536 || journal < 0) return;
    watched[file].file = 0;
    char buffer[PATH_MAX];
    const char *rest = below(path, buffer);
    if (!rest) return;
    struct stat about;
    if (fstat(file, &about) != 0) return;
    pthread_mutex_lock(&lock);
    watched[file].file = ++files;
    watched[file].is_folder = S_ISDIR(about.st_mode);
    free(watched[file].path);
    watched[file].path = strdup(rest);
    /* The offset tells whether the file was emptied. */
    if (!watched[file].is_folder) note(OPEN, files, (flags & O_TRUNC) ? 1 : 0, rest, strlen(rest));
    pthread_mutex_unlock(&lock);
}

/* Whether this write or sync is to fail. */
static int refuses(int file) {
    if (!control || !control->failure || file < 0 || file >= 65536) return 0;
    if (!watched[file].file) {
        /* Without a journal files are not numbered: look where it lies. */
        char link[64], path[PATH_MAX];
        snprintf(link, sizeof link, "/proc/self/fd/%d", file);
        ssize_t length = readlink(link, path, sizeof path - 1);
        if (length <= 0) return 0;
        path[length] = 0;
        if (!folder_length || strncmp(path, folder, folder_length) != 0) return 0;
        /* A neighbour whose name begins alike does not lie in it. */
        if (path[folder_length] != '/' && path[folder_length] != 0) return 0;
    }
    if (control->grace > 0) {
        control->grace--;
        return 0;
    }
    errno = (int)control->failure;
    return 1;
}

#define REAL(result, name, ...)                                      \
    static result (*real_##name)(__VA_ARGS__);                       \
    if (!real_##name) real_##name = (result(*)(__VA_ARGS__))dlsym(RTLD_NEXT, #name)

#define OPENING(name)                                                \
    int name(const char *path, int flags, ...) {                     \
        REAL(int, name, const char *, int, ...);                     \
        va_list rest;                                                \
        va_start(rest, flags);                                       \
        mode_t mode = va_arg(rest, mode_t);                          \
        va_end(rest);                                                \
        int file = real_##name(path, flags, mode);                   \
        opened(file, path, flags);                                   \
        return file;                                                 \
    }
OPENING(open)
OPENING(open64)

#define OPENING_AT(name)                                             \
    int name(int at, const char *path, int flags, ...) {             \
        REAL(int, name, int, const char *, int, ...);                \
        va_list rest;                                                \
        va_start(rest, flags);                                       \
        mode_t mode = va_arg(rest, mode_t);                          \
        va_end(rest);                                                \
        int file = real_##name(at, path, flags, mode);               \
        if (path[0] == '/' || at == AT_FDCWD) opened(file, path, flags); \
        return file;                                                 \
    }
OPENING_AT(openat)
OPENING_AT(openat64)

static int temporary(int file, const char *path) {
    opened(file, path, O_RDWR);
    return file;
}
int mkstemp(char *path) {
    REAL(int, mkstemp, char *);
    return temporary(real_mkstemp(path), path);
}
int mkstemp64(char *path) {
    REAL(int, mkstemp64, char *);
    return temporary(real_mkstemp64(path), path);
}

int close(int file) {
    REAL(int, close, int);
    if (file >= 0 && file < 65536 && watched[file].file) {
        pthread_mutex_lock(&lock);
        watched[file].file = 0;
        pthread_mutex_unlock(&lock);
    }
    return real_close(file);
}

static void wrote(int file, uint64_t offset, const void *bytes, size_t count) {
    pthread_mutex_lock(&lock);
    note(WRITE, watched[file].file, offset, bytes, count);
    pthread_mutex_unlock(&lock);
}

static int is_watched(int file) { return file >= 0 && file < 65536 && journal >= 0 && watched[file].file; }

ssize_t write(int file, const void *bytes, size_t count) {
    REAL(ssize_t, write, int, const void *, size_t);
    if (refuses(file)) return -1;
    if (is_watched(file)) {
        off_t at = lseek(file, 0, SEEK_CUR);
        if (at >= 0) wrote(file, (uint64_t)at, bytes, count);
    }
    return real_write(file, bytes, count);
}

#define PWRITE(name, offset_type)                                    \
    ssize_t name(int file, const void *bytes, size_t count, offset_type at) { \
        REAL(ssize_t, name, int, const void *, size_t, offset_type); \
        if (refuses(file)) return -1;                                \
        if (is_watched(file)) wrote(file, (uint64_t)at, bytes, count); \
        return real_##name(file, bytes, count, at);                  \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define TRUNCATING(name, offset_type)                                \
    int name(int file, offset_type size) {                           \
        REAL(int, name, int, offset_type);                           \
        if (refuses(file)) return -1;                                \
        if (is_watched(file)) {                                      \
            pthread_mutex_lock(&lock);                               \
            note(TRUNCATE, watched[file].file, (uint64_t)size, NULL, 0); \
            pthread_mutex_unlock(&lock);                             \
        }                                                            \
        return real_##name(file, size);                              \
    }
TRUNCATING(ftruncate, off_t)
TRUNCATING(ftruncate64, off64_t)

static void synced(int file) {
    if (!is_watched(file)) return;
    pthread_mutex_lock(&lock);
    note(watched[file].is_folder ? SYNC_FOLDER : SYNC, watched[file].file, 0, NULL, 0);
    pthread_mutex_unlock(&lock);
}

#define SYNCING(name)                                                \
    int name(int file) {                                             \
        REAL(int, name, int);                                        \
        if (refuses(file)) return -1;                                \
        int answer = real_##name(file);                              \
        if (answer == 0) synced(file);                               \
        return answer;                                               \
    }
SYNCING(fsync)
SYNCING(fdatasync)

int unlink(const char *path) {
    REAL(int, unlink, const char *);
    char buffer[PATH_MAX];
    const char *rest = below(path, buffer);
    if (rest && journal >= 0) {
        pthread_mutex_lock(&lock);
        note(UNLINK, 0, 0, rest, strlen(rest));
        pthread_mutex_unlock(&lock);
    }
    return real_unlink(path);
}

int rename(const char *from, const char *to) {
    REAL(int, rename, const char *, const char *);
    char first[PATH_MAX], second[PATH_MAX];
    const char *a = below(from, first), *b = below(to, second);
    if (a && b && journal >= 0) {
        char both[2 * PATH_MAX];
        int length = snprintf(both, sizeof both, "%s%c%s", a, 0, b);
        pthread_mutex_lock(&lock);
        note(RENAME, 0, 0, both, (size_t)length);
        pthread_mutex_unlock(&lock);
    }
    return real_rename(from, to);
}

int link(const char *from, const char *to) {
    REAL(int, link, const char *, const char *);
    char first[PATH_MAX], second[PATH_MAX];
    const char *a = below(from, first), *b = below(to, second);
    int answer = real_link(from, to);
    if (answer == 0 && a && b && journal >= 0) {
        char both[2 * PATH_MAX];
        int length = snprintf(both, sizeof both, "%s%c%s", a, 0, b);
        pthread_mutex_lock(&lock);
        note(LINK, 0, 0, both, (size_t)length);
        pthread_mutex_unlock(&lock);
    }
    return answer;
}

static void shift(struct timespec *at) {
    int64_t off = control ? control->clock : 0;
    int64_t whole = (int64_t)at->tv_sec * 1000000000 + at->tv_nsec + off;
    at->tv_sec = whole / 1000000000;
    at->tv_nsec = whole % 1000000000;
}

int clock_gettime(clockid_t id, struct timespec *at) {
    int answer = (int)syscall(SYS_clock_gettime, id, at);
    if (answer == 0 && (id == CLOCK_REALTIME || id == CLOCK_REALTIME_COARSE)) shift(at);
    return answer;
}

int gettimeofday(struct timeval *restrict at, void *restrict zone) {
    (void)zone;
    struct timespec now;
    int answer = clock_gettime(CLOCK_REALTIME, &now);
    at->tv_sec = now.tv_sec;
    at->tv_usec = now.tv_nsec / 1000;
    return answer;
}

time_t time(time_t *at) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    if (at) *at = now.tv_sec;
    return now.tv_sec;
}
