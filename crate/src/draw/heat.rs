//! The banded field under everything: pixels computed here, put on the canvas in one go.
//!
//! Plotters has no way to copy a bitmap; cell by cell it takes hundreds of milliseconds.

use super::levels::{BANDS, Levels};
use super::stage::Stage;
use super::theme::Theme;

/// Shades within a band: they soften the bands' edges.
pub(super) const STEPS: usize = 16;

/// The colour of each height, lowest first, [`STEPS`] to a band and one more, RGBA.
pub(super) fn palette(theme: &Theme) -> Vec<[u8; 4]> {
    (0..=BANDS * STEPS)
        .map(|index| {
            let height = index as f64 / STEPS as f64;
            let band = height.floor().min(BANDS as f64 - 1.0);
            // Mostly flat within a band, with a little slope left to be seen.
            let t = (band + 0.3 * (height - band)) / (BANDS as f64 - 0.7);
            let color = theme.low.toward(theme.high, t);
            [color.0, color.1, color.2, 255]
        })
        .collect()
}

/// Fills `pixels` with RGBA, opaque but around a block in space, row by row from the top, `width` × `height` × 4 bytes.
/// Allocates only when the size grows.
pub fn heat(
    stage: Stage<'_>,
    levels: &Levels,
    (width, height): (usize, usize),
    pixels: &mut Vec<u8>,
) {
    let Stage { surface, theme, .. } = stage;
    if let Some(space) = stage.space {
        return space.paint(theme, (width, height), pixels);
    }
    let bounds = stage.viewport.bounds;
    let palette = palette(theme);
    let x: Vec<f64> = (0..width)
        .map(|column| bounds.x_min + (column as f64 + 0.5) / width as f64 * bounds.width())
        .collect();
    let mut row_values = vec![0.0; width];
    pixels.resize(width * height * 4, 0);
    if stage.in_profile() {
        surface.values(&x, 0.0, &mut row_values);
        for (row, line) in pixels.chunks_exact_mut(width * 4).enumerate() {
            let y = bounds.y_max - (row as f64 + 0.5) / height as f64 * bounds.height();
            for (pixel, &value) in line.chunks_exact_mut(4).zip(&row_values) {
                // Ground below the curve, sky above it.
                let color = if y < value { theme.low } else { theme.high };
                pixel.copy_from_slice(&[color.0, color.1, color.2, 255]);
            }
        }
        return;
    }
    for (row, line) in pixels.chunks_exact_mut(width * 4).enumerate() {
        let y = bounds.y_max - (row as f64 + 0.5) / height as f64 * bounds.height();
        surface.values(&x, y, &mut row_values);
        for (pixel, &value) in line.chunks_exact_mut(4).zip(&row_values) {
            let shade = (levels.height(value) * STEPS as f64) as usize;
            pixel.copy_from_slice(&palette[shade]);
        }
    }
}
