//! Seeded chance in Python: the numbers of [`crate::run::noise`] once more.

use super::python;
use crate::study::simulate::Simulated;

/// Whether the gradients are noisy.
pub(super) fn noisy(simulation: &Simulated) -> bool {
    simulation.configuration.noise.deviation != 0.0
}

/// Whether each step sees a minibatch instead of all samples.
pub(super) fn drawn(simulation: &Simulated) -> bool {
    simulation.configuration.noise.takes_batches(simulation.surface.samples())
}

/// Defines `noise(k)` and `batch(k)`, as far as there is need; `array` turns a list into an array.
/// The first needs `math`, the second an array of all `samples`.
pub(super) fn define(script: &mut String, simulation: &Simulated, array: &str) {
    let (noisy, drawn) = (noisy(simulation), drawn(simulation));
    let noise = &simulation.configuration.noise;
    if noisy || drawn {
        let body = [
            "\"\"\"64-bit numbers for step k by SplitMix64: Steele, Lea & Flood 2014.\"\"\"",
            "golden, mask = 0x9E3779B97F4A7C15, 2**64 - 1",
            "",
            "def mix(z):",
            "    z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9 & mask",
            "    z = (z ^ z >> 27) * 0x94D049BB133111EB & mask",
            "    return z ^ z >> 31",
            "",
            &format!(
                "state = mix(({} ^ stream << 40) + golden & mask) ^ k * golden & mask",
                noise.seed
            ),
            "while True:",
            "    state = state + golden & mask",
            "    yield mix(state)",
        ];
        python::define(script, "draws(stream, k)", body.map(str::to_owned));
    }
    if noisy {
        let normal = if python::on_a_line(simulation) {
            "[radius * math.cos(angle)]"
        } else {
            "[radius * math.cos(angle), radius * math.sin(angle)]"
        };
        let body = [
            "\"\"\"Normal numbers by Box & Muller's transform.\"\"\"",
            "numbers = draws(0, k)",
            "size, turn = [((next(numbers) >> 11) + 1) / 2**53 for _ in range(2)]",
            &format!("radius = {:?} * math.sqrt(-2.0 * math.log(size))", noise.deviation),
            "angle = math.tau * turn",
            &format!("return {array}({normal})"),
        ];
        python::define(script, "noise(k)", body.map(str::to_owned));
    }
    if drawn {
        let body = [
            "\"\"\"Samples drawn with replacement.\"\"\"",
            "numbers = draws(1, k)",
            &format!(
                "return samples[[next(numbers) % len(samples) for _ in range({})]]",
                noise.batch
            ),
        ];
        python::define(script, "batch(k)", body.map(str::to_owned));
    }
}
