// SPDX-License-Identifier: GPL-2.0-only
#include <setup.h>

const char core_version[] = CORE_VERSION;
