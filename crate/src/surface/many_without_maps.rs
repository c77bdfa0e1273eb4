//! Without maps, nothing is asked of a surface for many balls at once.

/// Empty: what a surface does for many balls at once is left out of this build.
pub trait BatchSurface {}

impl<S: super::Surface> BatchSurface for super::Built<S> {}
