/* SPDX-License-Identifier: GPL-2.0-only */
/* Error numbers of the hypercall interface; the values are Linux's. */
#ifndef ERRNO_H
#define ERRNO_H

#define EPERM  1
#define ENOENT 2
#define EIO    5
#define E2BIG  7
#define EAGAIN 11
#define ENOMEM 12
#define EBUSY  16
#define EEXIST 17
#define ENODEV 19
#define EINVAL 22
#define ERANGE 34
#define ENOSYS 38

#endif
