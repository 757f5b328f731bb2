//! Who holds which office of a convention, how they came to it, and for how long.
