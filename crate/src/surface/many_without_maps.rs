//! Without maps, nothing is asked of a surface for many balls at once.

/// See the [module](self).
pub trait ForMany {}

impl<S: super::Surface> ForMany for super::Built<S> {}
