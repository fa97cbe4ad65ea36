# SPDX-License-Identifier: GPL-2.0-only
"""Helpers for development machines: stock Debian kernels, emulated machines."""
