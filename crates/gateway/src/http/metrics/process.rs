//! What the system says of the process. Elsewhere than on Linux it is not asked.

use std::fs;

/// The memory that is in use, in bytes.
pub(super) fn resident_bytes() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kib.checked_mul(1024)
}

/// How many files and sockets are open.
pub(super) fn open_files() -> Option<u64> {
    // Looking opens one more.
    let entries = fs::read_dir("/proc/self/fd").ok()?.count().checked_sub(1)?;
    u64::try_from(entries).ok()
}

/// How many may be; `None` also if there is no limit.
pub(super) fn most_files() -> Option<u64> {
    let limits = fs::read_to_string("/proc/self/limits").ok()?;
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files"))?;
    line.split_whitespace().next()?.parse().ok()
}
