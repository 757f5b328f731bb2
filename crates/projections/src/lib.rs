//! Read models over the events of a convention, at any date.
