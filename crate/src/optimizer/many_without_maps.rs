//! Without maps, nothing is asked of a rule for many balls at once.

/// Empty: what a rule does for many balls at once is left out of this build.
pub trait BatchRule {}

impl<O: super::Optimizer> BatchRule for super::shared::Shared<O> {}
