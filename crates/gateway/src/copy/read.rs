//! Reading a copy, and checking all of it on the way.

use std::{
    collections::HashMap,
    io::{BufRead, Read as _},
};

use chancery_ledger::{Tree, leaf_hash};
use chancery_store::{
    Body, Commit, MAX_COMMIT_BYTES, MAX_EVENT_BYTES, Position, StreamName, Version,
};

use super::{
    CopyError, Head,
    form::{EventLine, FORM, FirstLine, NAME, Title},
};

/// The longest line: the largest event, and what stands around it.
const MAX_LINE_BYTES: usize = MAX_EVENT_BYTES + 512;

/// A copy, commit by commit. What it returns has been checked as far as it was read; only the
/// `None` at the end says that the copy is whole.
pub struct Reading<R> {
    input: R,
    /// For one line at a time.
    buffer: Vec<u8>,
    line: u64,
    head: Head,
    tree: Tree,
    next: u64,
    versions: HashMap<StreamName, Version>,
}

struct Event {
    position: u64,
    commit: u64,
    of: u64,
    stream: StreamName,
    bytes: Body,
}

impl<R: BufRead> Reading<R> {
    /// Reads the first line.
    ///
    /// # Errors
    /// [`CopyError`]: something else than a copy, or one of a newer form.
    pub fn begin(mut input: R) -> Result<Self, CopyError> {
        let mut line = Vec::new();
        read_line(&mut input, &mut line)?;
        let foreign = |error: serde_json::Error| CopyError::Foreign(error.to_string());
        let title: Title = serde_json::from_slice(&line).map_err(foreign)?;
        if title.chancery != NAME {
            let what = format!("it says that it is a `{}`", title.chancery);
            return Err(CopyError::Foreign(what));
        }
        if title.form != FORM {
            return Err(CopyError::Form { found: title.form, known: FORM });
        }
        let first: FirstLine = serde_json::from_slice(&line).map_err(foreign)?;
        Ok(Self {
            input,
            buffer: Vec::new(),
            line: 1,
            head: Head { events: first.events, root: first.root },
            tree: Tree::default(),
            next: 0,
            versions: HashMap::new(),
        })
    }

    /// What the first line says.
    pub fn head(&self) -> Head {
        self.head
    }

    /// The next commit; `None` once all has been read and is what the first line says.
    ///
    /// # Errors
    /// [`CopyError`], which names the first place that is wrong.
    pub fn commit(&mut self) -> Result<Option<Commit>, CopyError> {
        let Some(first) = self.event()? else { return Ok(None) };
        let (start, of, stream) = (first.position, first.of, first.stream);
        let wrong = |position, commit| CopyError::Commit { position, commit };
        if first.commit != start || of == 0 {
            return Err(wrong(start, first.commit));
        }
        let mut bytes = first.bytes.len();
        let mut events = vec![first.bytes];
        while (events.len() as u64) < of {
            let cut = wrong(self.next, start);
            let event = self.event()?.ok_or(cut)?;
            bytes += event.bytes.len();
            let belongs = (event.commit, event.of) == (start, of) && event.stream == stream;
            if !belongs || bytes > MAX_COMMIT_BYTES {
                return Err(wrong(event.position, event.commit));
            }
            events.push(event.bytes);
        }
        let version = self.versions.entry(stream.clone()).or_default();
        let first_version = *version;
        *version = version.plus(events.len() as u64);
        Ok(Some(Commit { stream, first: Position::new(start), first_version, events }))
    }

    /// The next event; `None` at an end that is right.
    fn event(&mut self) -> Result<Option<Event>, CopyError> {
        let mut line = std::mem::take(&mut self.buffer);
        line.clear();
        let more = read_line(&mut self.input, &mut line)?;
        self.line += 1;
        let said = self.head.events;
        if !more {
            return self.end().map(|()| None);
        }
        if self.next == said {
            return Err(CopyError::Long { said, line: self.line });
        }
        // What is cut off in the middle of a line has no line break.
        if line.pop() != Some(b'\n') {
            let detail = "it has no end, or is longer than any event".to_owned();
            return Err(self.unreadable(detail));
        }
        let read: EventLine =
            serde_json::from_slice(&line).map_err(|error| self.unreadable(error.to_string()))?;
        if read.position != self.next {
            let (line, expected) = (self.line, self.next);
            return Err(CopyError::Misplaced { line, expected, found: read.position });
        }
        let bytes = read.event.get().as_bytes();
        if bytes.len() > MAX_EVENT_BYTES {
            return Err(self.unreadable(format!(
                "its event has {} bytes, and one has at most {MAX_EVENT_BYTES}",
                bytes.len()
            )));
        }
        let leaf = leaf_hash(bytes);
        if leaf != read.leaf {
            let (position, said) = (read.position, read.leaf);
            return Err(CopyError::Leaf { position, said, found: leaf });
        }
        let stream = read.stream.parse();
        let stream = stream
            .map_err(|error: chancery_store::StreamNameError| self.unreadable(error.to_string()))?;
        let EventLine { position, commit, of, .. } = read;
        let event = Event { position, commit, of, stream, bytes: bytes.into() };
        self.tree.push(leaf);
        self.next += 1;
        self.buffer = line;
        Ok(Some(event))
    }

    fn end(&self) -> Result<(), CopyError> {
        let Head { events, root } = self.head;
        if self.next != events {
            return Err(CopyError::Short { said: events, found: self.next });
        }
        let found = self.tree.root();
        if found == root { Ok(()) } else { Err(CopyError::Root { said: root, found }) }
    }

    fn unreadable(&self, detail: String) -> CopyError {
        CopyError::Line { line: self.line, detail }
    }
}

/// Reads a line with its break, up to the longest there can be. False at the end.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> Result<bool, CopyError> {
    let read = input.by_ref().take(MAX_LINE_BYTES as u64).read_until(b'\n', line)?;
    Ok(read > 0)
}
