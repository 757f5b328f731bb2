//! All domains of a convention as one event, one command and one state; record files; the envelope.
