//! What was measured, as one line of JSON.

use std::{path::Path, time::Duration};

use serde_json::{Map, Value};

/// A measurement in the making.
#[derive(Default)]
pub(crate) struct Output(Map<String, Value>);

impl Output {
    pub(crate) fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.0.insert(name.to_owned(), value.into());
        self
    }

    /// A time in whole microseconds.
    pub(crate) fn time(self, name: &str, time: Duration) -> Self {
        self.with(name, u64::try_from(time.as_micros()).unwrap_or(u64::MAX))
    }

    pub(crate) fn print(self) {
        println!("{}", Value::Object(self.0));
    }
}

/// The memory that this process has now, in bytes; 0 where the system does not tell.
pub(crate) fn resident_bytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kib.unwrap_or(0) * 1024
}

/// What the files below a folder hold, in bytes.
pub(crate) fn bytes_below(folder: &Path) -> std::io::Result<u64> {
    let mut sum = 0;
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        sum += if kind.is_dir() { bytes_below(&entry.path())? } else { entry.metadata()?.len() };
    }
    Ok(sum)
}

/// The value in the middle of some times.
pub(crate) fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
