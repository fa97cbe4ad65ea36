# SPDX-License-Identifier: GPL-2.0-only
# Settings shared by every part of the build: architecture names, tools, verbosity.
# Needs TOP, the root of the source tree.

ifeq ($(origin ARCH),undefined)
ARCH := $(shell uname -m)
endif
override ARCH := $(patsubst x86_64,x86,$(patsubst i%86,x86,$(ARCH)))
override ARCH := $(patsubst aarch64,arm64,$(patsubst armv7%,arm,$(ARCH)))
ifeq ($(filter x86 arm arm64,$(ARCH)),)
$(error ARCH must be x86, arm or arm64, not "$(ARCH)")
endif

# gcc by default; "make LLVM=1" or "make CC=clang" for clang.
ifneq ($(LLVM),)
CC := clang
endif
ifeq ($(origin CC),default)
CC := $(CROSS_COMPILE)gcc
endif
ifneq ($(findstring clang,$(notdir $(CC))),)
TARGET_x86 := x86_64-linux-gnu
TARGET_arm := arm-linux-gnueabihf
TARGET_arm64 := aarch64-linux-gnu
CC_TARGET := --target=$(TARGET_$(ARCH))
endif
ifneq ($(LLVM),)
LD := ld.lld
OBJCOPY := $(if $(CROSS_COMPILE),$(CROSS_COMPILE)objcopy,llvm-objcopy)
else
LD := $(CROSS_COMPILE)ld
OBJCOPY := $(CROSS_COMPILE)objcopy
endif
AR := $(CROSS_COMPILE)ar
PYTHON3 ?= /usr/bin/python3

ifeq ($(V),1)
Q :=
else
Q := @
MAKEFLAGS += --no-print-directory
endif
say = @printf '  %-7s %s\n' '$(1)' '$(2)'

# Recipe for what is made for each architecture apart, but found in one place.
copy_if_changed = @cmp -s $< $@ || { printf '  %-7s %s\n' COPY '$(@:$(TOP)/%=%)'; cp $< $@; }
.PHONY: FORCE

VERSION_STRING := $(shell cat $(TOP)/VERSION)

# Everything we compile for the target without a C library.
BARE_CFLAGS := $(CC_TARGET) -std=gnu11 -Os -g -ffreestanding -fno-builtin -fno-common \
	-fno-stack-protector -fno-strict-aliasing -fno-asynchronous-unwind-tables -fno-unwind-tables \
	-fno-pic -fno-pie -fno-jump-tables -Wall -Wextra -Werror -Wstrict-prototypes -Wmissing-prototypes -Wold-style-definition \
	-Wundef -Wvla -Wno-unused-parameter -Wno-sign-compare -nostdinc -MMD -MP \
	-I$(TOP)/include -I$(TOP)/include/arch/$(ARCH) -include $(TOP)/include/jailhouse/options.h
BARE_CFLAGS_arm64 := -march=armv8-a -mgeneral-regs-only -mstrict-align -mno-outline-atomics
BARE_CFLAGS_arm := -march=armv7ve -marm -msoft-float -mno-unaligned-access
BARE_CFLAGS_x86 := -m64 -mno-red-zone -mno-sse -mno-mmx -mno-80387 -mcmodel=kernel

# $(eval $(call settings,FILE,TEXT)): FILE changes only if the text does (compilers and flags), or if options come, go or
# change, of which a compiler that looked for them in vain leaves no trace. What is made with them depends on FILE.
OPTIONS_HEADERS := $(wildcard $(TOP)/include/jailhouse/config.h $(TOP)/include/generated/jailhouse.h)
define settings
$(1): FORCE
	@mkdir -p $$(@D)
	@(printf '%s\n' '$(subst ','\'',$(2))' $(OPTIONS_HEADERS); cat /dev/null $(OPTIONS_HEADERS)) >$$@.new
	@cmp -s $$@.new $$@ && rm $$@.new || mv $$@.new $$@
endef
