//! A commit's bytes, made fewer where they can be: canonical JSON says the same names again and
//! again. A commit says its form in each of its parts.
//!
//! ```text
//! form 1   the bytes as they are
//! form 2   how many bytes there are   4 bytes, big-endian
//!          the bytes as one frame     Zstandard (RFC 8878)
//! ```

use std::io;

use zstd::bulk::{Compressor, Decompressor};

use super::COMMIT_BYTES;
use crate::MAX_COMMIT_BYTES;

/// The fastest level. The next ones save a few hundredths more and take half as long again.
const LEVEL: i32 = 1;

/// Fewer bytes stay as they are: of a single event a fifth would be gained, for a time that nobody
/// else can be served in.
const FEW: usize = 1024;

/// The most that a commit's bytes come to: each event has at least one byte and two of length.
const MAX_BYTES: usize = 3 * MAX_COMMIT_BYTES + COMMIT_BYTES;

/// How the bytes of a commit are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    Plain = 1,
    Zstandard = 2,
}

impl Form {
    /// The form of a number, if it is one.
    pub(super) fn of(number: u8) -> Option<Self> {
        [Self::Plain, Self::Zstandard].into_iter().find(|form| *form as u8 == number)
    }
}

/// A commit's bytes in their form.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Packed {
    pub(super) form: Form,
    pub(super) bytes: Vec<u8>,
}

/// Packs commits, one after the other.
pub(super) struct Packer(Option<Compressor<'static>>);

impl Packer {
    pub(super) fn new() -> Self {
        // Without memory for it, bytes stay as they are.
        Self(Compressor::new(LEVEL).ok())
    }

    /// The bytes in the form in which they are fewest.
    pub(super) fn pack(&mut self, bytes: Vec<u8>) -> Packed {
        let compressor = self.0.as_mut().filter(|_| bytes.len() >= FEW);
        match compressor.and_then(|it| compressed(it, &bytes).ok()) {
            Some(fewer) if fewer.len() < bytes.len() => {
                Packed { form: Form::Zstandard, bytes: fewer }
            }
            _ => Packed { form: Form::Plain, bytes },
        }
    }
}

fn compressed(compressor: &mut Compressor<'_>, bytes: &[u8]) -> io::Result<Vec<u8>> {
    let length = u32::try_from(bytes.len()).map_err(io::Error::other)?;
    let mut packed = length.to_be_bytes().to_vec();
    packed.append(&mut compressor.compress(bytes)?);
    Ok(packed)
}

/// Unpacks commits, one after the other.
pub(super) struct Unpacker {
    decompressor: Option<Decompressor<'static>>,
    bytes: Vec<u8>,
}

impl Unpacker {
    pub(super) fn new() -> Self {
        Self { decompressor: Decompressor::new().ok(), bytes: Vec::new() }
    }

    /// The bytes that were packed, or what is wrong with them.
    pub(super) fn unpack<'a>(
        &'a mut self,
        form: Form,
        packed: &'a [u8],
    ) -> Result<&'a [u8], String> {
        if form == Form::Plain {
            return Ok(packed);
        }
        let (length, frame) =
            packed.split_first_chunk::<4>().ok_or("a compressed commit is cut short")?;
        let length = u32::from_be_bytes(*length) as usize;
        if length > MAX_BYTES {
            return Err(format!("a compressed commit says that it has {length} bytes"));
        }
        let decompressor = self.decompressor.as_mut().ok_or("no memory to decompress a commit")?;
        self.bytes.clear();
        self.bytes.reserve(length);
        let found = decompressor
            .decompress_to_buffer(frame, &mut self.bytes)
            .map_err(|error| format!("a commit cannot be decompressed: {error}"))?;
        if found == length {
            Ok(&self.bytes)
        } else {
            Err(format!("a commit has {found} bytes and not {length} when it is decompressed"))
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::{collection::vec, prelude::*};

    use super::*;

    fn unpacked(packed: &Packed) -> Result<Vec<u8>, String> {
        Unpacker::new().unpack(packed.form, &packed.bytes).map(<[u8]>::to_vec)
    }

    #[test]
    fn what_repeats_is_compressed_and_what_does_not_stays_as_it_is() {
        let (mut packer, bytes) = (Packer::new(), b"effective on a day, ".repeat(60));
        let packed = packer.pack(bytes.clone());
        assert_eq!((packed.form, packed.bytes.len() < 100), (Form::Zstandard, true));
        assert_eq!(unpacked(&packed).unwrap(), bytes);
        let short = packer.pack(b"short".to_vec());
        assert_eq!(short, Packed { form: Form::Plain, bytes: b"short".to_vec() });
    }

    #[test]
    fn a_length_that_is_not_so_is_noticed() {
        let mut packed = Packer::new().pack(vec![7; 5000]);
        for length in [0, 4999, 5001, u32::MAX] {
            packed.bytes[..4].copy_from_slice(&length.to_be_bytes());
            assert!(unpacked(&packed).is_err(), "{length}");
        }
    }

    proptest! {
        #[test]
        fn what_is_packed_comes_back(bytes in vec(0..4_u8, 1..5000)) {
            let packed = Packer::new().pack(bytes.clone());
            prop_assert_eq!(unpacked(&packed).unwrap(), bytes);
        }

        #[test]
        fn any_bytes_are_answered(bytes in vec(any::<u8>(), 0..200)) {
            let _ = unpacked(&Packed { form: Form::Zstandard, bytes });
        }
    }
}
