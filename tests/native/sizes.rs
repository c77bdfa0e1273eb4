//! Plots and figures of every size are drawn: a page may lay them out in steps, and be seen at each.

use crate::support::lab;
use momentum_lab::lab::Lab;
use plotters::prelude::SVGBackend;
use serde_json::json;

const LENGTHS: [f64; 7] = [0.0, 1.0, 3.0, 8.0, 24.0, 75.5, 300.0];

fn draw_plot(lab: &mut Lab) {
    let (columns, rows) = lab.heat_size();
    let mut pixels = Vec::new();
    lab.draw_heat((columns, rows), &mut pixels);
    assert_eq!(pixels.len(), columns * rows * 4);
    let size = lab.viewport().fine_size();
    let mut svg = String::new();
    lab.draw_ground(SVGBackend::with_string(&mut svg, size)).expect("drawn");
    lab.draw_casings(SVGBackend::with_string(&mut svg, size)).expect("drawn");
    lab.draw_trails(SVGBackend::with_string(&mut svg, size)).expect("drawn");
    lab.draw_overlay(SVGBackend::with_string(&mut svg, size)).expect("drawn");
    lab.draw_balls(SVGBackend::with_string(&mut svg, size)).expect("drawn");
}

#[test]
fn a_plot_of_any_size_is_drawn() {
    for projection in ["plan", "space"] {
        for surface in ["ravine", "himmelblau", "tanh-neuron"] {
            let mut lab = lab(json!({
                "surface": surface, "projection": projection, "steps": 40,
                "arrows": true, "curvature": true, "sweep": "beta",
            }));
            for width in LENGTHS {
                for height in LENGTHS {
                    for ratio in [0.5, 2.0] {
                        lab.resize(width, height, ratio);
                        for time in [0.0, 12.5, 40.0] {
                            lab.seek(time);
                            draw_plot(&mut lab);
                        }
                        draw_plot(&mut lab);
                    }
                }
            }
        }
    }
}

#[test]
fn a_figure_of_any_size_is_drawn() {
    for surface in ["ravine", "himmelblau", "tanh-neuron"] {
        let mut lab = lab(json!({ "surface": surface, "steps": 40, "sweep": "beta" }));
        lab.seek(20.0);
        for figure in lab.figures().concat() {
            for width in LENGTHS {
                for height in LENGTHS {
                    for ratio in [0.5, 2.0] {
                        let layout = figure.layout(lab.subject(), (width, height, ratio));
                        let mut svg = String::new();
                        let backend =
                            SVGBackend::with_string(&mut svg, layout.viewport.fine_size());
                        figure.ground(backend, lab.subject(), &layout).expect("drawn");
                        let backend =
                            SVGBackend::with_string(&mut svg, layout.viewport.fine_size());
                        figure.marks(backend, lab.subject(), &layout).expect("drawn");
                    }
                }
            }
        }
    }
}
