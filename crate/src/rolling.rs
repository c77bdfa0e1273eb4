//! Balls that roll on with nothing between their steps, so that all they are stays in registers.
//!
//! The loop is compiled for a surface and a rule together, and for one ball as for several side by
//! side. It does what [`Run`](crate::run::Run) does, bit for bit, but records nothing. Several are
//! looked at once in a few steps: the smallest gradient and the farthest place in between tell
//! whether one has stopped, and that one repeats these steps alone.

use std::hint::black_box;

use crate::number::{Real, Wide};

/// Where balls are and what moves them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Moving<R> {
    /// Along x and y: where they are.
    pub place: [R; 2],
    /// Along x and y: what the rule remembers.
    pub velocity: [R; 2],
}

/// Balls at one step: one, or several side by side.
#[derive(Clone, Copy, Debug, Default)]
pub struct Team<R: Watched> {
    /// As they are.
    pub now: Moving<R>,
    /// As they were before the last steps that were looked at together.
    pub before: Moving<R>,
    /// What was seen in these steps.
    pub watch: R::Watch,
    /// Learning rates.
    pub lr: R,
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

/// A number of one or of several balls.
pub trait Watched: Real {
    /// How many steps are looked at together.
    const TOGETHER: usize;

    /// What is seen of balls in some steps.
    type Watch: Copy + Default;

    /// Looks at balls before a step.
    fn see(watch: &mut Self::Watch, place: [Self; 2], slope: [Self; 2]);

    /// Whether none of the balls can have stopped. Of several, one may seem to have that is at
    /// the edge.
    fn hold(watch: &Self::Watch, limits: Limits) -> bool;
}

impl Watched for f64 {
    const TOGETHER: usize = 1;

    /// Place and gradient.
    type Watch = [[f64; 2]; 2];

    #[inline(always)]
    fn see(watch: &mut Self::Watch, place: [f64; 2], slope: [f64; 2]) {
        *watch = [place, slope];
    }

    #[inline(always)]
    fn hold(&[[x, y], [dx, dy]]: &Self::Watch, limits: Limits) -> bool {
        let inside = x.abs() <= limits.far && y.abs() <= limits.far;
        // Not a number is no reason to rest.
        let quiet = dx * dx + dy * dy < limits.quiet;
        inside && !quiet
    }
}

/// The extremes of several balls.
#[derive(Clone, Copy, Debug)]
pub struct Extremes<R> {
    /// Squares of the smallest gradients' norms.
    least: R,
    /// Squares of the largest distances from the origin; not a number where a last place is not.
    most: R,
}

impl<const N: usize> Default for Extremes<Wide<N>> {
    fn default() -> Self {
        Self { least: Wide::constant(f64::INFINITY), most: Wide::constant(0.0) }
    }
}

impl<const N: usize> Extremes<Wide<N>> {
    /// A bit for each ball that may have stopped.
    pub fn suspects(&self, limits: Limits) -> u32 {
        let far = Wide::constant(limits.far * limits.far);
        let all = (1 << (2 * N)) - 1;
        self.least.less_than(Wide::constant(limits.quiet)).bits()
            | (all & !self.most.at_most(far).bits())
    }
}

impl<const N: usize> Watched for Wide<N> {
    const TOGETHER: usize = 6;

    type Watch = Extremes<Self>;

    #[inline(always)]
    fn see(watch: &mut Self::Watch, [x, y]: [Self; 2], [dx, dy]: [Self; 2]) {
        // A norm that is not a number leaves the least as it is, a place that is not becomes the
        // most and stays it.
        watch.least = watch.least.min(dx * dx + dy * dy);
        watch.most = (x * x + y * y).max(watch.most);
    }

    #[inline(always)]
    fn hold(watch: &Self::Watch, limits: Limits) -> bool {
        let inside = Self::constant(limits.far * limits.far) - watch.most;
        let steep = watch.least - limits.quiet;
        Self::constant(0.0).less_than(inside.min(steep)).all()
    }
}

/// Lets balls roll for `steps` steps or until one of them may have stopped. Returns the number of
/// steps made; the last of them, at most [`Watched::TOGETHER`], are those that were looked at
/// together. `step` is given coordinate, gradient, learning rate and velocity, and returns the
/// coordinate after the step.
#[inline(always)]
pub(crate) fn roll<R: Watched>(
    team: &mut Team<R>,
    steps: usize,
    limits: Limits,
    slope: impl Fn([R; 2]) -> [R; 2],
    step: impl Fn(R, R, R, &mut R) -> R,
) -> usize {
    let lr = team.lr;
    let Moving { place: [mut x, mut y], velocity: [mut along_x, mut along_y] } = team.now;
    let mut made = 0;
    if steps == 0 {
        return 0;
    }
    loop {
        // Out of sight of the compiler, which would keep these in registers that the loop needs.
        *black_box(&mut team.before) = Moving { place: [x, y], velocity: [along_x, along_y] };
        let mut watch = R::Watch::default();
        // That one step is one step spares a loop.
        let until = if R::TOGETHER == 1 { made + 1 } else { steps.min(made + R::TOGETHER) };
        while made < until {
            let [dx, dy] = slope([x, y]);
            R::see(&mut watch, [x, y], [dx, dy]);
            x = step(x, dx, lr, &mut along_x);
            y = step(y, dy, lr, &mut along_y);
            made += 1;
        }
        if made == steps || !R::hold(&watch, limits) {
            team.now = Moving { place: [x, y], velocity: [along_x, along_y] };
            team.watch = watch;
            return made;
        }
    }
}
