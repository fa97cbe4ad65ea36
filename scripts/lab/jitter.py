# SPDX-License-Identifier: GPL-2.0-only
"""Reads the timer demos' output and draws how late their timer fired."""

import re

LINE = re.compile(r"Timer fired, jitter: *(-?\d+) ns, min: *(-?\d+) ns, max: *(-?\d+) ns")
STEPS = (1, 2, 5)


def values(text):
    """Jitters in nanoseconds, in the order they were measured."""
    return [int(match.group(1)) for match in LINE.finditer(text)]


def _limits(low, high):
    """Bucket limits 1, 2, 5, 10, ... that enclose low and high."""
    limits = [step * 10**power for power in range(0, 12) for step in STEPS]
    first = max((i for i, limit in enumerate(limits) if limit <= low), default=0)
    last = min((i for i, limit in enumerate(limits) if limit > high), default=len(limits) - 1)
    return limits[first:last + 1]


def _human(nanoseconds):
    for unit, factor in (("s ", 10**9), ("ms", 10**6), ("us", 10**3)):
        if nanoseconds >= factor:
            return f"{nanoseconds // factor:>3} {unit}"
    return f"{nanoseconds:>3} ns"


def histogram(samples, width=50):
    """Lines of a text histogram over buckets that grow as 1, 2, 5, 10, ..."""
    if not samples:
        return ["(no samples)"]
    limits = _limits(min(samples), max(samples))
    buckets = list(zip(limits, limits[1:]))
    counts = [sum(low <= sample < high for sample in samples) for low, high in buckets]
    scale = width / max(counts)
    lines = [
        f"{_human(low)} .. {_human(high)} | {'#' * max(round(count * scale), 1 if count else 0):<{width}} {count}"
        for (low, high), count in zip(buckets, counts)
    ]
    ordered = sorted(samples)
    lines.append(
        f"{len(samples)} samples: min {ordered[0]} ns, median {ordered[len(ordered) // 2]} ns, max {ordered[-1]} ns"
    )
    return lines
