//! The register as a whole: rules that cross domains, and the way in for people.

mod profile;
mod reading;
mod register;
mod rules;
mod tables;
