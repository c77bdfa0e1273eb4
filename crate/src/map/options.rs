//! What a map shows, read and checked like a configuration.

use super::grid::Grid;
use crate::configuration::{Configuration, Error, Reader, Value};
use crate::error_kind::ErrorKind;
use crate::map_parameters::{BETA_SCALE, HEIGHT, MAX_STEPS, NEAR_ONE, TOLERANCE, WIDTH};
use crate::math::geometry::Bounds;
use crate::optimizer::MOMENTUM;
use crate::parameter::{Kind, ParameterSpec, Scale, Setting};

/// What stands along a map's edges.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Axes {
    /// Starts.
    Starts(Bounds),
    /// Learning rate from left to right, in equal ratios, and momentum from bottom to top.
    Settings {
        /// Learning rates at the left and the right edge.
        lr: [f64; 2],
        /// Momenta at the lower and the upper edge.
        beta: [f64; 2],
        /// How momentum is spread.
        beta_scale: Scale,
    },
}

/// Everything that a map adds to a configuration.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Options {
    /// Which of the configuration's runs.
    pub run: usize,
    /// Size.
    pub grid: Grid,
    /// See [`MAX_STEPS`].
    pub max_steps: usize,
    /// See [`TOLERANCE`].
    pub tolerance: f64,
    /// What stands along the edges.
    pub axes: Axes,
}

/// Fields of every map.
const COMMON: [&str; 5] = ["run", WIDTH.id, HEIGHT.id, MAX_STEPS.id, TOLERANCE.id];

impl Options {
    /// Options of a map over starts: `run`, `width`, `height`, `max_steps`, `tolerance`, and
    /// `bounds`, [x_min, x_max, y_min, y_max]. Absent fields take their defaults: the first run,
    /// and the configuration's view.
    ///
    /// # Errors
    /// The first field that is not as it should be, with its value.
    pub fn basins(configuration: &Configuration, value: &Value) -> Result<Self, Error> {
        let mut reader = Reader::default();
        let bounds = reader.rectangle("bounds", value.field("bounds"));
        let axes = Axes::Starts(bounds.unwrap_or(configuration.view));
        Self::read(reader, configuration, value, &["bounds"], |_, _| axes)
    }

    /// Options of a map over settings: those of [`basins`](Self::basins), but instead of `bounds`
    /// `lr` and `beta`, [lowest, highest]; when absent, the range of their sliders; and
    /// `beta_scale`, see [`BETA_SCALE`].
    ///
    /// # Errors
    /// The first field that is not as it should be, with its value, and `runs[…].beta` where the
    /// rule has no such parameter.
    pub fn tuning(configuration: &Configuration, value: &Value) -> Result<Self, Error> {
        let fields = ["lr", MOMENTUM.id, BETA_SCALE.id];
        Self::read(Reader::default(), configuration, value, &fields, |reader, run| {
            let specs = configuration.runs[run].entry.parameters();
            let near_one = Setting::Choice(NEAR_ONE);
            let beta_scale = match setting(reader, value, &BETA_SCALE) {
                given if given == near_one => Scale::NearOne,
                _ => Scale::Linear,
            };
            let mut range = |id: &str, scale| {
                let spec = specs.iter().find(|spec| spec.id == id);
                if spec.is_none() {
                    reader.complain(&format!("runs[{run}].{id}"), ErrorKind::NoSuchParameter);
                }
                spec.map_or([0.0; 2], |spec| range(reader, value, spec, scale))
            };
            let [lr, beta] = [("lr", Scale::Logarithmic), (MOMENTUM.id, beta_scale)]
                .map(|(id, scale)| range(id, scale));
            Axes::Settings { lr, beta, beta_scale }
        })
    }

    fn read(
        mut reader: Reader,
        configuration: &Configuration,
        value: &Value,
        others: &[&str],
        axes: impl FnOnce(&mut Reader, usize) -> Axes,
    ) -> Result<Self, Error> {
        match value {
            Value::Map(fields) => {
                for (name, _) in fields {
                    if !COMMON.contains(&name.as_str()) && !others.contains(&name.as_str()) {
                        reader.complain(name, ErrorKind::NoSuchField);
                    }
                }
            }
            Value::Nothing => {}
            other => {
                reader.complain("options", ErrorKind::NotAnObject { value: other.to_string() })
            }
        }
        let last = configuration.runs.len() - 1;
        let which = ParameterSpec::number("run", "", "run", 0.0, (0.0, last as f64), Scale::Linear);
        let [run, width, height, max_steps, tolerance] =
            [which.whole(), WIDTH, HEIGHT, MAX_STEPS, TOLERANCE]
                .map(|spec| number(&mut reader, value, &spec));
        let axes = axes(&mut reader, run as usize);
        let options = Self {
            run: run as usize,
            grid: Grid { width: width as usize, height: height as usize },
            max_steps: max_steps as usize,
            tolerance,
            axes,
        };
        reader.errors.into_iter().next().map_or(Ok(options), Err)
    }
}

/// What `value` gives for `spec`, or its default.
fn setting(reader: &mut Reader, value: &Value, spec: &ParameterSpec) -> Setting {
    let setting = value.given(spec.id).and_then(|given| reader.setting(spec.id, given, spec));
    setting.unwrap_or_else(|| spec.default())
}

/// The same for a number.
fn number(reader: &mut Reader, value: &Value, spec: &ParameterSpec) -> f64 {
    match setting(reader, value, spec) {
        Setting::Number(number) => number,
        _ => 0.0,
    }
}

/// The range that `value` gives for `spec`, or that of its slider.
fn range(reader: &mut Reader, value: &Value, spec: &ParameterSpec, scale: Scale) -> [f64; 2] {
    let Kind::Number { min, max, .. } = spec.kind else { return [0.0; 2] };
    let Some(ends) = reader.numbers(spec.id, value.field(spec.id)) else { return [min, max] };
    for (index, end) in ends.into_iter().enumerate() {
        reader.setting(&format!("{}[{index}]", spec.id), &Value::Number(end), spec);
    }
    let [low, high] = ends;
    let finite = [low, high].iter().all(|end| scale.coordinate(*end).is_finite());
    if low >= high || !finite {
        reader.complain(spec.id, ErrorKind::NoRange { low, high });
    }
    ends
}
