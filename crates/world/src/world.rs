use chancery_register::record::RecordFile;

use crate::{
    convention::{convention, facts},
    error::MakeError,
    size::Size,
};

/// The conventions of a world, one after the other: each as its record files.
#[derive(Debug)]
pub struct World {
    seed: u64,
    number: usize,
    /// How many events are still to come.
    left: usize,
}

impl World {
    /// A world of a size. The last convention ends where the size is reached.
    pub fn new(seed: u64, size: Size) -> Self {
        Self { seed, number: 0, left: size.events() }
    }
}

impl Iterator for World {
    type Item = Result<Vec<RecordFile>, MakeError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.left == 0 {
            return None;
        }
        let files = convention(self.seed, self.number);
        self.number += 1;
        Some(files.map(|mut files| {
            for file in &mut files {
                self.cut(file);
            }
            files.retain(|file| !file.entries.is_empty());
            files
        }))
    }
}

impl World {
    fn cut(&mut self, file: &mut RecordFile) {
        // Every entry is a fact here, and every fact comes to one event.
        file.entries.truncate(self.left);
        self.left -= facts(file);
    }
}
