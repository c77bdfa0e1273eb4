//! The catalogue: all that the page, links and tests may choose from, as plain data.

use crate::configuration::{
    ARROWS, BASINS, BASINS_OPACITY, BASINS_RUN, BATCH, CLOUD, CURVATURE, Configuration, LOCK_LR,
    MAX_RUNS, NOISE, PITCH, PLANE_BETA, PLANE_LR, PROJECTION, RunChoice, SEED, SPEED, STEPS, SWEEP,
    SWEEP_REACH, TAKES_EFFECT, TASK, TASK_RUN, TOLERANCE, TUNING, VISIBLE, YAW,
};
use crate::draw::DASHES;
use crate::draw::theme::{DARK, LIGHT, PROJECTOR, Theme};
use crate::math::expression::vocabulary;
use crate::optimizer::LrMeaning;
use crate::parameter::ParameterSpec;
use crate::surface::Group;
use crate::teaching::lesson::{LESSONS, LessonItem};
use crate::{map_parameters as map, optimizer, surface};
use serde::Serialize;

/// A surface as a menu needs it.
#[derive(Debug, Serialize)]
pub struct SurfaceItem {
    id: &'static str,
    name: &'static str,
    group: Group,
    dimension: u8,
    /// Its lines; of the user's own, the words that it may be made of.
    formula: Vec<String>,
    parameters: &'static [ParameterSpec],
    source: &'static str,
}

/// An optimizer as a menu needs it.
#[derive(Debug, Serialize)]
pub struct OptimizerItem {
    id: &'static str,
    name: &'static str,
    formula: Vec<&'static str>,
    lr_meaning: LrMeaning,
    parameters: Vec<ParameterSpec>,
    source: &'static str,
}

/// The palettes.
#[derive(Debug, Serialize)]
pub struct Themes {
    light: Theme,
    dark: Theme,
    projector: Theme,
}

/// The parameters that belong to no surface and no optimizer; `visible` is each run's.
#[derive(Debug, Serialize)]
pub struct Limits {
    runs: usize,
    steps: ParameterSpec,
    speed: ParameterSpec,
    tolerance: ParameterSpec,
    noise: ParameterSpec,
    batch: ParameterSpec,
    seed: ParameterSpec,
    cloud: ParameterSpec,
    takes_effect: ParameterSpec,
    projection: ParameterSpec,
    arrows: ParameterSpec,
    curvature: ParameterSpec,
    basins: ParameterSpec,
    basins_opacity: ParameterSpec,
    basins_run: ParameterSpec,
    tuning: ParameterSpec,
    plane_lr: ParameterSpec,
    plane_beta: ParameterSpec,
    yaw: ParameterSpec,
    pitch: ParameterSpec,
    sweep: ParameterSpec,
    sweep_reach: ParameterSpec,
    lock_lr: ParameterSpec,
    task: ParameterSpec,
    task_run: ParameterSpec,
    visible: ParameterSpec,
}

/// The options of every map.
#[derive(Debug, Serialize)]
pub struct MapLimits {
    width: ParameterSpec,
    height: ParameterSpec,
    max_steps: ParameterSpec,
    tolerance: ParameterSpec,
}

/// Everything there is to choose from.
#[derive(Debug, Serialize)]
pub struct Catalogue {
    surfaces: Vec<SurfaceItem>,
    optimizers: Vec<OptimizerItem>,
    themes: Themes,
    limits: Limits,
    maps: MapLimits,
    defaults: crate::configuration::Value,
    scenes: Vec<LessonItem>,
    dashes: &'static [&'static [f64]],
}

/// The catalogue of this build.
pub fn catalogue() -> Catalogue {
    let surfaces = surface::SURFACES.iter().map(|entry| {
        let surface::Description { id, name, group, dimension, formula, parameters, source } =
            *entry.description;
        let formula = match group {
            Group::Own => vocabulary(),
            _ => formula.iter().map(|line| (*line).to_owned()).collect(),
        };
        SurfaceItem { id, name, group, dimension, formula, parameters, source }
    });
    let optimizers = optimizer::OPTIMIZERS.iter().map(|entry| {
        let optimizer::Description { id, name, lr_meaning, source, .. } = *entry.description;
        let formula = entry.with_defaults().formula();
        let mut parameters = RunChoice::parameters(entry);
        parameters.retain(|spec| spec.id != VISIBLE.id);
        OptimizerItem { id, name, formula, lr_meaning, parameters, source }
    });
    Catalogue {
        surfaces: surfaces.collect(),
        optimizers: optimizers.collect(),
        themes: Themes { light: LIGHT, dark: DARK, projector: PROJECTOR },
        limits: Limits {
            runs: MAX_RUNS,
            steps: STEPS,
            speed: SPEED,
            tolerance: TOLERANCE,
            noise: NOISE,
            batch: BATCH,
            seed: SEED,
            cloud: CLOUD,
            takes_effect: TAKES_EFFECT,
            projection: PROJECTION,
            arrows: ARROWS,
            curvature: CURVATURE,
            basins: BASINS,
            basins_opacity: BASINS_OPACITY,
            basins_run: BASINS_RUN,
            tuning: TUNING,
            plane_lr: PLANE_LR,
            plane_beta: PLANE_BETA,
            yaw: YAW,
            pitch: PITCH,
            sweep: SWEEP,
            sweep_reach: SWEEP_REACH,
            lock_lr: LOCK_LR,
            task: TASK,
            task_run: TASK_RUN,
            visible: VISIBLE,
        },
        maps: MapLimits {
            width: map::WIDTH,
            height: map::HEIGHT,
            max_steps: map::MAX_STEPS,
            tolerance: map::TOLERANCE,
        },
        defaults: Configuration::default().to_value(),
        scenes: LESSONS.iter().map(|&scene| scene.into()).collect(),
        dashes: &DASHES,
    }
}
