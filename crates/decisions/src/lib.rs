//! What meetings adopt, decide and recommend, and who stood apart.
