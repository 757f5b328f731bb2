//! What needs a look inside: a sync that fails, and where sled puts what is written.
