//! Without maps, nothing is asked of a rule for many balls at once.

/// See the [module](self).
pub trait BatchRule {}

impl<O: super::Optimizer> BatchRule for super::shared::Shared<O> {}
