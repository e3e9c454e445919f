/* A disk that keeps only what was synced: preloaded, it copies a file to SYNCED_KEPT when the file is synced, and
 * the names in a folder when the folder is synced. `losses.py` puts the folder SYNCED_ROOT together again from that.
 *
 *     gcc -O2 -shared -fPIC -o synced.so synced.c -ldl
 *
 * The copy is made before the sync is acknowledged, under a lock, so that it never holds less than what somebody
 * was told is on the disk. Files are known by inode and moment of birth, since inodes are used again. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static int key_of(int folder, const char *name, int flags, char *key, mode_t *mode) {
    struct statx facts;
    if (statx(folder, name, flags | AT_SYMLINK_NOFOLLOW, STATX_BASIC_STATS | STATX_BTIME, &facts) != 0) return -1;
    sprintf(key, "%llu-%lld-%u", (unsigned long long)facts.stx_ino, (long long)facts.stx_btime.tv_sec, facts.stx_btime.tv_nsec);
    *mode = facts.stx_mode;
    return 0;
}

static void keep_file(const char *path, int out) {
    static char block[1 << 16];
    int in = open(path, O_RDONLY);
    ssize_t size;
    off_t place = 0;
    while (in >= 0 && (size = pread(in, block, sizeof block, place)) > 0) {
        if (write(out, block, size) != size) abort();
        place += size;
    }
    if (in >= 0) close(in);
}

static void keep_names(const char *path, int out) {
    DIR *folder = opendir(path);
    struct dirent *entry;
    char key[64];
    mode_t mode;
    while (folder && (entry = readdir(folder)) != NULL) {
        if (!strcmp(entry->d_name, ".") || !strcmp(entry->d_name, "..")) continue;
        if (key_of(dirfd(folder), entry->d_name, 0, key, &mode) == 0)
            dprintf(out, "%c %s %s\n", S_ISDIR(mode) ? 'd' : S_ISREG(mode) ? 'f' : 'o', key, entry->d_name);
    }
    if (folder) closedir(folder);
}

/* Returns whether the file lies in the folder that is watched. */
static int keep(int fd) {
    const char *root = getenv("SYNCED_ROOT"), *kept = getenv("SYNCED_KEPT");
    char link[64], path[PATH_MAX], key[64], target[PATH_MAX], building[PATH_MAX];
    mode_t mode;
    if (!root || !kept) return 0;
    sprintf(link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    if (strncmp(path, root, strlen(root)) != 0) return 0;
    if (key_of(fd, "", AT_EMPTY_PATH, key, &mode) != 0) return 0;
    snprintf(target, sizeof target, "%s/lock", kept);
    int lock = open(target, O_RDWR); /* made by losses.py, for every user */
    if (lock < 0 || flock(lock, LOCK_EX) != 0) abort();
    snprintf(building, sizeof building, "%s/building", kept);
    snprintf(target, sizeof target, "%s/%s", kept, key);
    int out = open(building, O_WRONLY | O_CREAT | O_TRUNC, 0666);
    if (out < 0) abort();
    if (S_ISDIR(mode)) keep_names(path, out); else keep_file(link, out);
    close(out);
    if (rename(building, target) != 0) abort();
    close(lock);
    return 1;
}

int fsync(int fd) {
    static int (*real)(int);
    if (keep(fd)) return 0;
    if (!real) real = dlsym(RTLD_NEXT, "fsync");
    return real(fd);
}

int fdatasync(int fd) {
    static int (*real)(int);
    if (keep(fd)) return 0;
    if (!real) real = dlsym(RTLD_NEXT, "fdatasync");
    return real(fd);
}
