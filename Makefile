# SPDX-License-Identifier: GPL-2.0-only
#
#   make KDIR=.../linux-build ARCH=arm64 CROSS_COMPILE=aarch64-linux-gnu-
#
# builds everything. What each target and variable does: make help

TOP := $(CURDIR)
include scripts/make/common.mk

KDIR ?= /lib/modules/$(shell uname -r)/build

prefix ?= /usr/local
sbindir ?= $(prefix)/sbin
libexecdir ?= $(prefix)/libexec
datadir ?= $(prefix)/share
man8dir ?= $(datadir)/man/man8
completionsdir ?= $(datadir)/bash-completion/completions
firmwaredir ?= /lib/firmware
INSTALL_MOD_PATH ?= $(DESTDIR)

INSTALL := install
install_dir = $(INSTALL) -d -m 755 $(DESTDIR)$(1)
install_data = $(if $(strip $(1)),$(INSTALL) -m 644 $(1) $(DESTDIR)$(2))
install_program = $(if $(strip $(1)),$(INSTALL) -m 755 $(1) $(DESTDIR)$(2))

# Sub-makes take variables of the command line by themselves.
submake = $(Q)+$(MAKE) -C $(1) ARCH=$(ARCH)
TOOL_MAKE = $(call submake,tools) libexecdir=$(libexecdir)

.PHONY: all modules firmware configs inmates tools docs clean help
all: modules firmware configs inmates tools

help:
	@echo 'Targets:'
	@echo '  all                   modules firmware configs inmates tools (default)'
	@echo '  modules               driver/jailhouse.ko'
	@echo '  firmware              hypervisor/jailhouse*.bin'
	@echo '  configs               configs/ARCH/*.cell, configs/ARCH/dts/*.dtb'
	@echo '  inmates               inmates/demos/ARCH/*.bin, inmates/tools/ARCH/*.bin'
	@echo '  tools                 tools/jailhouse'
	@echo '  docs                  build/docs/html, by doxygen'
	@echo '  menuconfig            choose options, by kconfiglib; defconfig, olddefconfig likewise'
	@echo '  install               all of the following, tools, man pages, bash completion'
	@echo '  modules_install firmware_install tool_inmates_install'
	@echo '  clean'
	@echo 'Variables:'
	@echo '  ARCH                  x86, arm or arm64 [$(ARCH)]'
	@echo '  CROSS_COMPILE         prefix of the tools, such as aarch64-linux-gnu- [$(CROSS_COMPILE)]'
	@echo '  KDIR                  build directory or headers of the kernel [$(KDIR)]'
	@echo '  LLVM=1, CC=clang      build with clang; the module always as its kernel was built'
	@echo '  LDFLAGS=-static       make tools/jailhouse independent of the target'"'"'s libraries'
	@echo '  DESTDIR INSTALL_MOD_PATH prefix sbindir libexecdir datadir man8dir completionsdir firmwaredir'
	@echo '  PYTHON3 V=1'

#
# The options' header
#

OPTIONS_H := include/generated/jailhouse.h
KCONFIG_ENV := ARCH=$(ARCH) KCONFIG_CONFIG=.config
kconfig = $(Q)$(PYTHON3) -c 'import kconfiglib' 2>/dev/null || \
	{ echo 'make $@ needs kconfiglib: apt-get install python3-kconfiglib, or pip install kconfiglib' >&2; exit 1; }; \
	$(KCONFIG_ENV) $(PYTHON3) -m

.PHONY: menuconfig defconfig olddefconfig
menuconfig:
	$(kconfig) menuconfig Kconfig
defconfig:
	$(kconfig) defconfig --kconfig Kconfig /dev/null
olddefconfig:
	$(kconfig) olddefconfig Kconfig

ifneq ($(wildcard .config),)
$(OPTIONS_H): .config Kconfig
	$(call say,GEN,$@)
	@mkdir -p $(@D)
	$(kconfig) genconfig --header-path $@ Kconfig
firmware inmates: $(OPTIONS_H)
else
# Without the choice there is none.
.PHONY: forget_options
forget_options:
	$(Q)rm -f $(OPTIONS_H)
firmware inmates: forget_options
endif

#
# Building
#

# The module is built with the compiler that its kernel was built with, whatever the rest is built with.
KERNEL_IS_CLANG = $(shell grep -s CONFIG_CC_IS_CLANG=y $(KDIR)/include/config/auto.conf)
KBUILD = $(MAKE) -C $(KDIR) M=$(TOP)/driver ARCH=$(ARCH) \
	LLVM=$(if $(KERNEL_IS_CLANG),1) CC=$(if $(KERNEL_IS_CLANG),clang,$(CROSS_COMPILE)gcc) \
	LD=$(if $(KERNEL_IS_CLANG),ld.lld,$(CROSS_COMPILE)ld)

.PHONY: check_kdir
check_kdir:
	@test -f $(KDIR)/Makefile || { echo 'The module needs a kernel to be built for: $(KDIR) is no kernel build' \
		'directory. Set KDIR.' >&2; exit 1; }

modules: check_kdir
	$(Q)+$(KBUILD) modules

firmware:
	$(call submake,hypervisor)

configs:
	$(call submake,configs)

inmates:
	$(call submake,inmates)

tools:
	$(TOOL_MAKE)

docs:
	@command -v doxygen >/dev/null || { echo 'make docs needs doxygen' >&2; exit 1; }
	@mkdir -p build/docs
	$(call say,DOCS,build/docs/html)
	$(Q)(cat Documentation/Doxyfile; echo 'PROJECT_NUMBER = $(VERSION_STRING)') | doxygen -

#
# Installing
#

.PHONY: install modules_install firmware_install tool_inmates_install tools_install
install: modules_install firmware_install tool_inmates_install tools_install

modules_install: modules
	$(Q)+$(KBUILD) INSTALL_MOD_PATH=$(INSTALL_MOD_PATH) modules_install

firmware_install: firmware
	$(Q)$(call install_dir,$(firmwaredir))
	$(Q)$(call install_data,$$(ls hypervisor/obj-$(ARCH)/jailhouse*.bin),$(firmwaredir))

tool_inmates_install: inmates
	$(Q)$(call install_dir,$(libexecdir)/jailhouse)
	$(Q)$(call install_data,$(wildcard inmates/tools/$(ARCH)/*.bin),$(libexecdir)/jailhouse)

HELPERS = $(filter-out %.8 %.bash %.c %.h %.o %.d,$(wildcard tools/jailhouse-*))
tools_install: tools
	$(Q)$(call install_dir,$(sbindir))
	$(Q)$(call install_program,tools/jailhouse,$(sbindir))
	$(Q)$(call install_dir,$(libexecdir)/jailhouse)
	$(Q)$(call install_program,$(HELPERS),$(libexecdir)/jailhouse)
	$(Q)$(call install_dir,$(man8dir))
	$(Q)$(call install_data,$(wildcard tools/*.8),$(man8dir))
	$(Q)$(call install_dir,$(completionsdir))
	$(Q)$(call install_data,tools/jailhouse-completion.bash,$(completionsdir)/jailhouse)

#
# Cleaning
#

DRIVER_PRODUCTS := '*.o' '*.ko' '*.mod' '*.mod.c' '.*.cmd' '*.order' Module.symvers '.*.d'

clean:
	$(call submake,hypervisor) clean
	$(call submake,configs) clean
	$(call submake,inmates) clean
	$(TOOL_MAKE) clean
	$(Q)find driver \( -false $(patsubst %,-o -name %,$(DRIVER_PRODUCTS)) \) -delete
	$(Q)rm -rf include/generated build/docs
