//! Without maps, nothing is asked of a rule for many balls at once.

/// See the [module](self).
pub trait ForMany {}

impl<O: super::Optimizer> ForMany for super::shared::Shared<O> {}
