//! The functions and operators that a formula may use.

use crate::math::number::{Real, Root};

macro_rules! functions {
    ($(#[$meta:meta])* $name:ident { $($(#[$doc:meta])* $variant:ident = $text:literal),* $(,)? }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name {
            $($(#[$doc])* $variant,)*
        }

        impl $name {
            /// All of them.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// As written in a formula.
            pub fn text(self) -> &'static str {
                match self { $(Self::$variant => $text,)* }
            }
        }
    };
}

functions! {
    /// A function of one value.
    Unary {
        /// −x.
        Negate = "-",
        /// Sine, radians.
        Sin = "sin",
        /// Cosine, radians.
        Cos = "cos",
        /// Tangent, radians.
        Tan = "tan",
        /// Arc sine.
        Asin = "asin",
        /// Arc cosine.
        Acos = "acos",
        /// Arc tangent.
        Atan = "atan",
        /// Hyperbolic sine.
        Sinh = "sinh",
        /// Hyperbolic cosine.
        Cosh = "cosh",
        /// Hyperbolic tangent.
        Tanh = "tanh",
        /// eˣ.
        Exp = "exp",
        /// Natural logarithm.
        Ln = "ln",
        /// Decimal logarithm.
        Log10 = "log10",
        /// Binary logarithm.
        Log2 = "log2",
        /// Square root.
        Sqrt = "sqrt",
        /// Cube root.
        Cbrt = "cbrt",
        /// Absolute value.
        Abs = "abs",
        /// −1, 0 or 1.
        Sign = "sign",
        /// Largest whole number that is not larger.
        Floor = "floor",
    }
}

functions! {
    /// A function of two values.
    Binary {
        /// Sum.
        Add = "+",
        /// Difference.
        Subtract = "-",
        /// Product.
        Multiply = "*",
        /// Quotient.
        Divide = "/",
        /// Power.
        Power = "^",
        /// Angle of the point (second, first), as usual.
        Atan2 = "atan2",
        /// The smaller one.
        Min = "min",
        /// The larger one.
        Max = "max",
    }
}

/// What a formula of x and y may be made of, line by line.
pub fn vocabulary() -> Vec<String> {
    let operators = Binary::ALL.iter().filter(|f| !f.is_called()).map(|f| f.text());
    let operators: Vec<_> = operators.collect();
    let called = Unary::ALL.iter().filter(|f| **f != Unary::Negate).map(|f| f.text());
    let called: Vec<_> = called.collect();
    let pairs = Binary::ALL.iter().filter(|f| f.is_called());
    let pairs: Vec<_> = pairs.map(|f| format!("{}(a, b)", f.text())).collect();
    let numbers = format!("x y pi e {} ( )", operators.join(" "));
    vec![numbers, called.join(" "), pairs.join(" ")]
}

impl Unary {
    /// The function of this name, operators excluded; log is what it is in programs.
    pub(super) fn named(name: &str) -> Option<Self> {
        if name == "log" {
            return Some(Self::Ln);
        }
        Self::ALL.iter().copied().find(|f| f.text() == name && *f != Self::Negate)
    }

    /// The root that it is.
    pub(super) fn root(self) -> Option<Root> {
        match self {
            Self::Sqrt => Some(Root::Square),
            Self::Cbrt => Some(Root::Cube),
            _ => None,
        }
    }

    /// Its value at `x`.
    pub fn apply<R: Real>(self, x: R) -> R {
        match self {
            Self::Negate => -x,
            Self::Sin => x.sin(),
            Self::Cos => x.cos(),
            Self::Tan => x.tan(),
            Self::Asin => x.asin(),
            Self::Acos => x.acos(),
            Self::Atan => x.atan(),
            Self::Sinh => x.sinh(),
            Self::Cosh => x.cosh(),
            Self::Tanh => x.tanh(),
            Self::Exp => x.exp(),
            Self::Ln => x.ln(),
            Self::Log10 => x.log10(),
            Self::Log2 => x.log2(),
            Self::Sqrt => x.sqrt(),
            Self::Cbrt => x.cbrt(),
            Self::Abs => x.abs(),
            Self::Sign => x.sign(),
            Self::Floor => x.floor(),
        }
    }
}

impl Binary {
    /// The function of this name, operators excluded.
    pub(super) fn named(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|f| f.is_called() && f.text() == name)
    }

    /// Whether it is written like a function and not between its values.
    fn is_called(self) -> bool {
        matches!(self, Self::Atan2 | Self::Min | Self::Max)
    }

    /// How tightly an operator binds; functions in call notation bind tightest.
    pub(super) fn precedence(self) -> u8 {
        match self {
            Self::Add | Self::Subtract => 1,
            Self::Multiply | Self::Divide => 2,
            Self::Power => 4,
            Self::Atan2 | Self::Min | Self::Max => 5,
        }
    }

    /// Its value at `a`, `b`.
    pub fn apply<R: Real>(self, a: R, b: R) -> R {
        match self {
            Self::Add => a + b,
            Self::Subtract => a - b,
            Self::Multiply => a * b,
            Self::Divide => a / b,
            Self::Power => a.powf(b),
            Self::Atan2 => a.atan2(b),
            Self::Min => a.min(b),
            Self::Max => a.max(b),
        }
    }
}
