//! Where PyTorch's autograd has no slope though the lab has: it multiplies the slopes of all parts,
//! so that a part with slope 0 leaves 0·∞ of one with an infinite slope.

use super::python::Loss;
use crate::math::expression::{Binary, Expression, Operation, Unary};
use crate::study::simulate::Simulated;
use std::fmt::Write;

/// A value with its slopes along x and y; none where it does not depend on them.
#[derive(Clone, Copy, Debug)]
struct Graded {
    value: f64,
    slopes: [Option<f64>; 2],
}

impl Graded {
    fn fixed(value: f64) -> Self {
        Self { value, slopes: [None; 2] }
    }

    /// The chain rule, as autograd carries it out.
    fn chain(self, value: f64, slope: f64) -> Self {
        Self { value, slopes: self.slopes.map(|along| along.map(|along| along * slope)) }
    }

    fn both(self, other: Self, value: f64, [a, b]: [f64; 2]) -> Self {
        let [own, others] = [self.chain(value, a).slopes, other.chain(value, b).slopes];
        let sum = |axis: usize| match (own[axis], others[axis]) {
            (Some(own), Some(other)) => Some(own + other),
            (own, other) => own.or(other),
        };
        Self { value, slopes: [sum(0), sum(1)] }
    }
}

/// A remark in Python on the first step at which autograd has no slope though the lab has; empty
/// where there is none.
pub(super) fn remark(simulation: &Simulated, loss: &Loss) -> String {
    let mut remark = String::new();
    if simulation.surface.samples() > 0 {
        return remark;
    }
    let points = simulation.run.points();
    let undefined = |(step, point): (usize, &_)| {
        let (_, slope) = simulation.surface.gradient(*point);
        let auto = slopes(loss, [point.x, point.y]);
        let lab = [slope.x, slope.y];
        let differs = |axis: usize| lab[axis].is_finite() && auto[axis].is_nan();
        (differs(0) || differs(1)).then_some((step, lab))
    };
    let mut steps = points[..points.len() - 1].iter().enumerate();
    if let Some((step, [x, y])) = steps.find_map(undefined) {
        // Writing to a String cannot fail.
        let _ = write!(
            remark,
            "\n# After step {step} the lab's slope is ({x:?}, {y:?}), but autograd multiplies 0 by inf\n\
             # and has nan: from there this script does not draw the lab's path.\n"
        );
    }
    remark
}

/// The slopes that autograd has at (x, y).
fn slopes(loss: &Loss, [x, y]: [f64; 2]) -> [f64; 2] {
    let axis = |value, axis| {
        let mut slopes = [None; 2];
        slopes[axis] = Some(1.0);
        Graded { value, slopes }
    };
    let mut known = vec![axis(x, 0), axis(y, 1), Graded::fixed(0.0), Graded::fixed(0.0)];
    known.extend(loss.parameters.iter().map(|(_, value)| Graded::fixed(*value)));
    for line in &loss.expressions {
        known.push(evaluate(line, &known));
    }
    known.last().map_or([0.0; 2], |last| last.slopes.map(|slope| slope.unwrap_or(0.0)))
}

fn evaluate(expression: &Expression, known: &[Graded]) -> Graded {
    let mut stack: Vec<Graded> = Vec::new();
    for operation in expression.operations() {
        let mut pop = || stack.pop().unwrap_or(Graded::fixed(f64::NAN));
        let value = match *operation {
            Operation::Number(number) => Graded::fixed(number),
            Operation::Variable(index) => known[index],
            Operation::Unary(function) => unary(function, pop()),
            Operation::Binary(function) => {
                let (b, a) = (pop(), pop());
                binary(function, a, b)
            }
            // Only rules have it.
            Operation::First(_) => pop(),
        };
        stack.push(value);
    }
    stack.pop().unwrap_or(Graded::fixed(f64::NAN))
}

/// With the derivatives that `derivatives.yaml` of PyTorch gives.
fn unary(function: Unary, a: Graded) -> Graded {
    let (x, value) = (a.value, function.apply(a.value));
    let slope = match function {
        Unary::Negate => -1.0,
        Unary::Sin => libm::cos(x),
        Unary::Cos => -libm::sin(x),
        Unary::Tan => 1.0 + value * value,
        Unary::Asin => 1.0 / (1.0 - x * x).sqrt(),
        Unary::Acos => -1.0 / (1.0 - x * x).sqrt(),
        Unary::Atan => 1.0 / (x * x + 1.0),
        Unary::Sinh => libm::cosh(x),
        Unary::Cosh => libm::sinh(x),
        Unary::Tanh => 1.0 - value * value,
        Unary::Exp => value,
        Unary::Ln => 1.0 / x,
        Unary::Log10 => std::f64::consts::LOG10_E / x,
        Unary::Log2 => std::f64::consts::LOG2_E / x,
        Unary::Sqrt => 1.0 / (2.0 * value),
        // As the script writes it: sign(x)·|x|^⅓.
        Unary::Cbrt => {
            let sign = Unary::Sign.apply(x);
            sign * sign * libm::pow(x.abs(), -2.0 / 3.0) / 3.0
        }
        Unary::Abs => Unary::Sign.apply(x),
        Unary::Sign | Unary::Floor => 0.0,
    };
    a.chain(value, slope)
}

fn binary(function: Binary, a: Graded, b: Graded) -> Graded {
    let value = function.apply(a.value, b.value);
    let slopes = match function {
        Binary::Add => [1.0, 1.0],
        Binary::Subtract => [1.0, -1.0],
        Binary::Multiply => [b.value, a.value],
        Binary::Divide => [1.0 / b.value, -a.value / b.value / b.value],
        Binary::Power => {
            let along_base = match b.value {
                0.0 => 0.0,
                n => n * libm::pow(a.value, n - 1.0),
            };
            [along_base, value * libm::log(a.value)]
        }
        Binary::Atan2 => {
            let square = a.value * a.value + b.value * b.value;
            [b.value / square, -a.value / square]
        }
        Binary::Min => chosen(b.value - a.value),
        Binary::Max => chosen(a.value - b.value),
    };
    a.both(b, value, slopes)
}

/// The shares of two arguments in the slope, by how much the first one is to be preferred.
fn chosen(first: f64) -> [f64; 2] {
    if first > 0.0 {
        [1.0, 0.0]
    } else if first < 0.0 {
        [0.0, 1.0]
    } else {
        [0.5, 0.5]
    }
}
