//! The words that every domain of Chancery shares: States, dates, citations, symbols, the decider.
