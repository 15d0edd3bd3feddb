// Kills its process at the n-th write to disk. Preloaded (LD_PRELOAD) into the program under test, which knows nothing of it.
//
// CRASH_AT names the instant and the number: "before-sync:3", "after-sync:3", "torn-write:3", "after-write:3".
// Syncs are fsync and fdatasync; writes are pwrite and pwrite64, which is how SQLite and the lock write their files.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static atomic_long syncs, writes;

static int is_due(const char *instant, long number) {
    const char *wanted = getenv("CRASH_AT");
    size_t length = strlen(instant);
    return wanted && strncmp(wanted, instant, length) == 0 && wanted[length] == ':' && atol(wanted + length + 1) == number;
}

static void die_if(int due) {
    if (due) kill(getpid(), SIGKILL);
}

static int sync_with(const char *name, int descriptor) {
    int (*real)(int) = dlsym(RTLD_NEXT, name);
    long number = atomic_fetch_add(&syncs, 1) + 1;
    die_if(is_due("before-sync", number));
    int result = real(descriptor);
    die_if(is_due("after-sync", number));
    return result;
}

int fsync(int descriptor) { return sync_with("fsync", descriptor); }
int fdatasync(int descriptor) { return sync_with("fdatasync", descriptor); }

static ssize_t write_with(const char *name, int descriptor, const void *bytes, size_t count, off64_t offset) {
    ssize_t (*real)(int, const void *, size_t, off64_t) = dlsym(RTLD_NEXT, name);
    long number = atomic_fetch_add(&writes, 1) + 1;
    if (is_due("torn-write", number)) {
        real(descriptor, bytes, count / 2, offset);
        die_if(1);
    }
    ssize_t result = real(descriptor, bytes, count, offset);
    die_if(is_due("after-write", number));
    return result;
}

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
    return write_with("pwrite", descriptor, bytes, count, offset);
}

ssize_t pwrite64(int descriptor, const void *bytes, size_t count, off64_t offset) {
    return write_with("pwrite64", descriptor, bytes, count, offset);
}
