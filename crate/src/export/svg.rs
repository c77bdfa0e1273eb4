//! The picture as one SVG file.

use crate::draw::Drawn;
use crate::draw::theme::Color;
use crate::lab::Lab;
use plotters::prelude::SVGBackend;

/// Draws one layer.
type Draw = fn(&mut Lab, SVGBackend<'_>) -> Result<(), String>;

/// What a lab of which nothing is drawn yet will show: heat, ground, trails and balls on paper. The
/// heat is a PNG file in base64; without one there is none.
///
/// # Errors
/// When the heat is not base64, or whatever the backend reports, in lower case.
pub fn svg(mut lab: Lab, heat: Option<&str>) -> Result<String, String> {
    let (width, height) = lab.viewport().canvas_size();
    let Color(red, green, blue) = lab.theme().paper;
    let size = lab.viewport().fine_size();
    let mut text = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" \
         viewBox=\"0 0 {} {}\" stroke-linejoin=\"round\" stroke-linecap=\"round\">\n\
         <rect width=\"100%\" height=\"100%\" fill=\"rgb({red},{green},{blue})\"/>\n",
        size.0, size.1,
    );
    if let Some(heat) = heat {
        if !heat.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte)) {
            return Err("heat: not base64".to_owned());
        }
        text += "<image width=\"100%\" height=\"100%\" preserveAspectRatio=\"none\" \
                 href=\"data:image/png;base64,";
        text += heat;
        text += "\"/>\n";
    }
    let layers: [Draw; 4] = [
        |lab, backend| reported(lab.draw_ground(backend)),
        |lab, backend| reported(lab.draw_trails(backend)),
        |lab, backend| reported(lab.draw_overlay(backend)),
        |lab, backend| reported(lab.draw_balls(backend)),
    ];
    for draw in layers {
        let mut layer = String::new();
        draw(&mut lab, SVGBackend::with_string(&mut layer, size))?;
        text += inside(&layer);
    }
    text += "</svg>\n";
    Ok(text)
}

fn reported(drawn: Drawn<SVGBackend<'_>>) -> Result<(), String> {
    drawn.map_err(|error| error.to_string().to_lowercase())
}

/// What stands between the tags of an SVG's root.
fn inside(svg: &str) -> &str {
    let start = svg.find("<svg").and_then(|at| svg[at..].find('>').map(|end| at + end + 1));
    let end = svg.rfind("</svg>").unwrap_or(svg.len());
    start.and_then(|start| svg.get(start..end)).unwrap_or_default()
}
