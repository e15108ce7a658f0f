/* A disk whose flush takes five milliseconds longer: that of a usual server, where the machine that measures has a faster one.
   Put before the program by LD_PRELOAD. */
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

static void wait_for_the_disk(void) {
    struct timespec left = {0, 5 * 1000 * 1000};
    while (nanosleep(&left, &left) != 0) {}
}

int fsync(int file) {
    wait_for_the_disk();
    return (int) syscall(SYS_fsync, file);
}

int fdatasync(int file) {
    wait_for_the_disk();
    return (int) syscall(SYS_fdatasync, file);
}
