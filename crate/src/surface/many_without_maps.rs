//! Without maps, nothing is asked of a surface for many balls at once.

/// See the [module](self).
pub trait BatchSurface {}

impl<S: super::Surface> BatchSurface for super::Built<S> {}
