//! GraphQL over HTTP, and the service that records and reads.
