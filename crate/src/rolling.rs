//! Balls that roll on with nothing between their steps, so that all they are stays in registers.
//!
//! The loop is compiled for a surface and a rule together, and for one ball as for several side by
//! side. It does what [`Run`](crate::run::Run) does, bit for bit, but records nothing.

use crate::number::{Real, Wide};

/// Balls at one step: one, or several side by side.
#[derive(Clone, Copy, Debug)]
pub struct Team<R> {
    /// Along x and y: where they are.
    pub place: [R; 2],
    /// Along x and y: what the rule remembers.
    pub velocity: [R; 2],
    /// Learning rates.
    pub lr: R,
    /// Along x and y: the gradient where they are, once they have rolled.
    pub slope: [R; 2],
}

/// Balls that roll side by side: as many as keep a core busy while each waits for its last sum.
pub const ABREAST: usize = 8;

/// One number of each of them.
pub type Abreast = Wide<{ ABREAST / 2 }>;

/// When a ball has stopped.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The square of the gradient's norm under which it rests.
    pub quiet: f64,
    /// The size of a coordinate beyond which it has left for good.
    pub far: f64,
}

impl Limits {
    /// Nothing stops a ball.
    pub const NONE: Self = Self { quiet: -1.0, far: f64::INFINITY };
}

/// A number of one or of several balls.
pub trait Watched: Real {
    /// Whether none of the balls can be beyond the limits. Of several, one may seem to be that is
    /// at the edge.
    fn hold(limits: Limits, place: [Self; 2], slope: [Self; 2]) -> bool;
}

impl Watched for f64 {
    #[inline(always)]
    fn hold(limits: Limits, [x, y]: [f64; 2], [dx, dy]: [f64; 2]) -> bool {
        let inside = x.abs() <= limits.far && y.abs() <= limits.far;
        // Not a number is no reason to rest.
        let quiet = dx * dx + dy * dy < limits.quiet;
        inside && !quiet
    }
}

impl<const N: usize> Watched for Wide<N> {
    #[inline(always)]
    fn hold(limits: Limits, [x, y]: [Self; 2], [dx, dy]: [Self; 2]) -> bool {
        // Both above 0 unless a ball has stopped, and the first not a number where a place is not.
        let inside = Self::constant(limits.far * limits.far) - (x * x + y * y);
        let steep = dx * dx + dy * dy - limits.quiet;
        Self::constant(0.0).less_than(inside.min(steep)).all()
    }
}

/// Lets balls roll for `steps` steps or until one of them is beyond the limits; looked at before
/// each step. Returns the number of steps made. `step` is given coordinate, gradient, learning
/// rate and velocity, and returns the coordinate after the step.
#[inline(always)]
pub(crate) fn roll<R: Watched>(
    team: &mut Team<R>,
    steps: usize,
    limits: Limits,
    slope: impl Fn([R; 2]) -> [R; 2],
    step: impl Fn(R, R, R, &mut R) -> R,
) -> usize {
    let Team { place: [mut x, mut y], velocity: [mut along_x, mut along_y], lr, .. } = *team;
    let mut made = 0;
    loop {
        let [dx, dy] = slope([x, y]);
        if made == steps || !R::hold(limits, [x, y], [dx, dy]) {
            *team = Team { place: [x, y], velocity: [along_x, along_y], lr, slope: [dx, dy] };
            return made;
        }
        made += 1;
        x = step(x, dx, lr, &mut along_x);
        y = step(y, dy, lr, &mut along_y);
    }
}
