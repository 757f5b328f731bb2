//! The formal meetings of a convention: calling, holding, attending, documents.
