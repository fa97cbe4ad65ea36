// SPDX-License-Identifier: GPL-2.0-only
/*
 * Talking to the driver.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include "tool.h"

static const char *open_advice(int error)
{
	switch (error) {
	case ENOENT:
	case ENXIO:
	case ENODEV:
		return " (is the jailhouse module loaded?)";
	case EACCES:
	case EPERM:
		return " (only root may do this)";
	default:
		return "";
	}
}

/** Open the driver's device; a negative number, and the user is told, if that fails. */
int device_open(int flags)
{
	int fd = open(DEVICE_PATH, flags | O_CLOEXEC);

	if (fd < 0)
		fail("opening %s: %s%s", DEVICE_PATH, strerror(errno), open_advice(errno));
	return fd;
}

/*
 * The reason may quote names out of a configuration: nothing of that shall reach the terminal as a
 * control character.
 */
static void print_reason(const struct jailhouse_reason *reason)
{
	size_t n;

	for (n = 0; n < sizeof(reason->text) && reason->text[n]; n++)
		fputc(isprint((unsigned char)reason->text[n]) ? reason->text[n] : '?', stderr);
	if (n > 0)
		fputc('\n', stderr);
}

/** After the driver refused something: why, on a line of its own. */
void device_print_reason(int fd)
{
	struct jailhouse_reason reason = { "" };

	if (ioctl(fd, JAILHOUSE_GET_REASON, &reason) >= 0)
		print_reason(&reason);
}

/** Make a request of the driver. If it refuses, print NAME: ERROR and, on a second line, why. */
int device_request(int fd, unsigned long request, const void *arg, const char *name)
{
	if (ioctl(fd, request, arg) >= 0)
		return 0;

	fprintf(stderr, "%s: %s\n", name, strerror(errno));
	device_print_reason(fd);
	return 1;
}

/** Open the device for just one request. */
int device_single_request(unsigned long request, const void *arg, const char *name)
{
	int fd, result;

	fd = device_open(O_RDWR);
	if (fd < 0)
		return 1;

	result = device_request(fd, request, arg, name);
	close(fd);
	return result;
}
