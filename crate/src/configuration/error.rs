//! What the validator says of a field.

use crate::error_kind::{ErrorKind, visible};
use std::fmt;

/// A refused value: which field, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Error {
    /// The field, e.g. `runs[0].beta`.
    pub field: String,
    /// The bad value and what was expected.
    pub reason: ErrorKind,
}

impl Error {
    pub(crate) fn new(field: impl Into<String>, reason: ErrorKind) -> Self {
        Self { field: field.into(), reason }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", visible(self.field.chars()), self.reason)
    }
}

impl std::error::Error for Error {}
