/* SPDX-License-Identifier: GPL-2.0-only */
/*
 * What the parts of the jailhouse command share. Every int cmd_*() returns the command's exit code
 * and has told the user on stderr what went wrong. Commands get their arguments without the
 * command's own words.
 */
#ifndef TOOL_H
#define TOOL_H

#include <stdbool.h>
#include <stddef.h>
#include <jailhouse/ioctl.h>

/* Tests put their own directory and device here. */
#ifndef SYSFS_DIR
#define SYSFS_DIR "/sys/devices/jailhouse"
#endif
#ifndef DEVICE_PATH
#define DEVICE_PATH JAILHOUSE_DEVICE
#endif

/* A word of the command line and what it stands for. */
struct command {
	const char *name;
	int (*run)(int argc, char *argv[]);
};

/** Bytes from a file or the command line. */
struct blob {
	void *data;
	size_t size;
};

/* jailhouse.c */
int __attribute__((format(printf, 1, 2))) fail(const char *format, ...);
int usage_error(void);

/* device.c */
int device_open(int flags);
void device_print_reason(int fd);
int device_request(int fd, unsigned long request, const void *arg, const char *name);
int device_single_request(unsigned long request, const void *arg, const char *name);

/* file.c */
bool file_read(const char *path, struct blob *blob);

/* system.c */
int cmd_enable(int argc, char *argv[]);
int cmd_disable(int argc, char *argv[]);
int cmd_console(int argc, char *argv[]);

/* cell.c */
int cmd_cell_create(int argc, char *argv[]);
int cmd_cell_start(int argc, char *argv[]);
int cmd_cell_shutdown(int argc, char *argv[]);
int cmd_cell_destroy(int argc, char *argv[]);
bool parse_cell_id(int *argc, char ***argv, struct jailhouse_cell_id *cell_id);

/* load.c */
int cmd_cell_load(int argc, char *argv[]);

/* list.c */
int cmd_cell_list(int argc, char *argv[]);

/* helper.c */
int run_helper(const char *group, const char *name, char *argv[]);

#endif
