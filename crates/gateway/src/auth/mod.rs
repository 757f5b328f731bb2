//! Who may write, and what.
//!
//! Reading needs no key. Who writes shows one in `Authorization: Bearer …`, or a token of an identity
//! provider that the settings name, and nothing else counts: no cookie, no other header, so no page
//! of another origin can write in somebody's name.
//!
//! A key is 32 random bytes, so its SHA-256 is enough to keep: a slow hash protects what can be
//! guessed, and 256 random bits cannot. The key itself is shown once and kept nowhere.

mod access;
mod caller;
mod file;
mod key;
mod private;
mod role;
mod token;

pub use access::{Access, AccessError, Denied};
pub use caller::{Caller, NoWriter, Writer};
pub use file::{FILE, KeyFile, KeyFileError};
pub use key::{Key, KeyError, PREFIX, Secret};
pub use private::others_may;
pub use role::{Role, UnknownRole};
pub use token::{OidcError, TokenError, Tokens};
