//! What the decider of finance takes and what it refuses, and how totals are shared out.
#![allow(clippy::unwrap_used, reason = "tests")]

mod arrears;
mod budgets;
mod chance;
mod contributions;
mod invoices;
mod laws;
mod procedures;
mod requests;
mod reserve;
mod scales;
mod shares;
mod words;
