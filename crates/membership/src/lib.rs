//! Who is bound by a convention, how, and since when.
