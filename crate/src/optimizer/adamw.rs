//! AdamW: Adam whose weight decay shrinks the coordinate itself and never meets the averages.
//!
//! w ← w·(1 − lr·weight_decay), then [Adam](super::adam); Loshchilov & Hutter 2019;
//! `torch.optim.AdamW`.

use super::adam::Adam;
use super::{Description, Memory, Optimizer, PyTorch, Step};
use crate::math::number::Real;
use crate::parameter::Settings;

/// AdamW: Adam's parameters, with decoupled weight decay.
#[derive(Debug)]
pub struct AdamW(Adam);

impl Optimizer for AdamW {
    const DESCRIPTION: Description = Description {
        id: "adamw",
        name: "AdamW",
        weight_decay: 1e-2,
        source: "Loshchilov & Hutter 2019; torch.optim.AdamW",
        ..Adam::DESCRIPTION
    };

    fn new(settings: &Settings) -> Self {
        Self(Adam::new(settings))
    }

    fn step<R: Real>(&self, w: R, gradient: R, step: Step<R>, memory: &mut Memory<R>) -> R {
        self.0.step(w, gradient, step, memory)
    }

    fn decouples(&self) -> bool {
        true
    }

    fn formula(&self) -> Vec<&'static str> {
        self.0.formula()
    }

    fn pytorch(&self) -> Option<PyTorch> {
        Some(("AdamW", self.0.arguments()))
    }
}
