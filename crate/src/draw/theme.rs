//! Colours of the pictures and of the page around them: quiet ground, loud trails.
//!
//! The run colours are Okabe and Ito's set for colour-blind readers ("Color Universal Design",
//! 2008), lifted in the dark theme and, where a thin line would be too pale on paper, darkened in the
//! light one: each has a contrast of at least 3:1 with paper and panel (WCAG 2.2, 1.4.11). Runs differ
//! by dash as well. The basins' are grounds for them,
//! after Tol's "light" and "muted" schemes ("Colour Schemes", SRON technical note, 2021). The scales
//! go in equal steps through Ottosson's Oklab ("A perceptual color space for image processing", 2020).

use crate::study::sweep::MEMBERS;
use plotters::style::{RGBAColor, RGBColor};
use serde::{Serialize, Serializer};
use std::fmt;

/// An opaque colour; shown and serialised as `#rrggbb`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Color(pub u8, pub u8, pub u8);

impl Color {
    const fn hex(rgb: u32) -> Self {
        Self((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
    }

    /// The colour a fraction `t` (0 to 1) of the way to `other`.
    pub fn toward(self, other: Self, t: f64) -> Self {
        let mix = |a: u8, b: u8| (f64::from(a) + (f64::from(b) - f64::from(a)) * t).round() as u8;
        Self(mix(self.0, other.0), mix(self.1, other.1), mix(self.2, other.2))
    }

    /// For plotters, with an opacity from 0 to 1.
    pub fn with_opacity(self, opacity: f64) -> RGBAColor {
        RGBAColor(self.0, self.1, self.2, opacity)
    }
}

impl From<Color> for RGBColor {
    fn from(color: Color) -> Self {
        Self(color.0, color.1, color.2)
    }
}

impl fmt::Display for Color {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{:02x}{:02x}{:02x}", self.0, self.1, self.2)
    }
}

impl Serialize for Color {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A palette.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct Theme {
    /// Page background.
    pub paper: Color,
    /// Background of cards and controls.
    pub panel: Color,
    /// Text and marks.
    pub ink: Color,
    /// Secondary text and contour lines.
    pub soft: Color,
    /// Thin borders.
    pub hairline: Color,
    /// The surface where it is lowest.
    pub low: Color,
    /// The surface where it is highest.
    pub high: Color,
    /// Settings that settle fastest; the slower, the nearer to `high`.
    pub fast: Color,
    /// Regions that diverge.
    pub diverging: Color,
    /// The plane of learning rate and momentum where there is no theory.
    pub unknown: Color,
    /// Starts on a map of basins that have led nowhere yet.
    pub undecided: Color,
    /// One colour a run, in order.
    pub runs: [Color; 6],
    /// One colour a minimum on a map of basins, in order, where it is soon reached; the longer
    /// it takes, the nearer to `slow`.
    pub basins: [Color; 8],
    /// See `basins`.
    pub slow: Color,
    /// A scale of measured numbers, from few to many.
    pub scale: [Color; 7],
}

/// Dark marks on light ground.
pub const LIGHT: Theme = Theme {
    paper: Color::hex(0xfbfaf7),
    panel: Color::hex(0xffffff),
    ink: Color::hex(0x20242c),
    soft: Color::hex(0x5d6672),
    hairline: Color::hex(0xe3e1dc),
    low: Color::hex(0xabbcca),
    high: Color::hex(0xf7f7f5),
    fast: Color::hex(0x84a0b8),
    diverging: Color::hex(0xf1e2db),
    unknown: Color::hex(0xe4e4e6),
    undecided: Color::hex(0xb4b6b8),
    runs: [
        Color::hex(0x0072b2),
        Color::hex(0xd55e00),
        Color::hex(0x009e73),
        Color::hex(0xc56d9f),
        Color::hex(0xbb8000),
        Color::hex(0x2f92cc),
    ],
    basins: [
        Color::hex(0x8fbde8),
        Color::hex(0xf2a78f),
        Color::hex(0xf0dc92),
        Color::hex(0x72c9ab),
        Color::hex(0xf7b8c9),
        Color::hex(0xc3cd66),
        Color::hex(0xb5e2f7),
        Color::hex(0xc3a9dc),
    ],
    slow: Color::hex(0x3d4654),
    scale: [
        Color::hex(0x3c7aab),
        Color::hex(0x2e94b1),
        Color::hex(0x3aacae),
        Color::hex(0x62c1a6),
        Color::hex(0x93d29c),
        Color::hex(0xc6df96),
        Color::hex(0xf7ea9b),
    ],
};

/// Light marks on dark ground.
pub const DARK: Theme = Theme {
    paper: Color::hex(0x14171c),
    panel: Color::hex(0x1b1f26),
    ink: Color::hex(0xe8eaee),
    soft: Color::hex(0x9aa4b2),
    hairline: Color::hex(0x2c323c),
    low: Color::hex(0x263a4a),
    high: Color::hex(0x161a21),
    fast: Color::hex(0x3f7196),
    diverging: Color::hex(0x3a2824),
    unknown: Color::hex(0x2b2e36),
    undecided: Color::hex(0x4a4f57),
    runs: [
        Color::hex(0x56b4e9),
        Color::hex(0xff8a3d),
        Color::hex(0x2fd1a2),
        Color::hex(0xe7a0c8),
        Color::hex(0xf2c14e),
        Color::hex(0x4f8fe6),
    ],
    basins: [
        Color::hex(0x2f6a9e),
        Color::hex(0xa3503f),
        Color::hex(0x8f7a2c),
        Color::hex(0x24806a),
        Color::hex(0xa05275),
        Color::hex(0x64752a),
        Color::hex(0x4f93ad),
        Color::hex(0x6a4f96),
    ],
    slow: Color::hex(0x12151a),
    scale: [
        Color::hex(0x51ab9a),
        Color::hex(0x359396),
        Color::hex(0x267a8e),
        Color::hex(0x256281),
        Color::hex(0x284970),
        Color::hex(0x28325b),
        Color::hex(0x241c43),
    ],
};

/// Strong contrast, for a projector in a lit room.
pub const PROJECTOR: Theme = Theme {
    paper: Color::hex(0xffffff),
    panel: Color::hex(0xffffff),
    ink: Color::hex(0x000000),
    soft: Color::hex(0x333a44),
    hairline: Color::hex(0x8a8f98),
    low: Color::hex(0x86a2ba),
    high: Color::hex(0xffffff),
    fast: Color::hex(0x6f93b2),
    diverging: Color::hex(0xf3d3c4),
    unknown: Color::hex(0xd9dbde),
    undecided: Color::hex(0xa9acb0),
    runs: [
        Color::hex(0x0050a0),
        Color::hex(0xb83c00),
        Color::hex(0x007550),
        Color::hex(0x9c2f74),
        Color::hex(0x845c00),
        Color::hex(0x1f6fa8),
    ],
    basins: [
        Color::hex(0x7db3ea),
        Color::hex(0xf39377),
        Color::hex(0xf2d667),
        Color::hex(0x52c49d),
        Color::hex(0xf9a3bb),
        Color::hex(0xb9c63f),
        Color::hex(0x9fdcf8),
        Color::hex(0xb794d8),
    ],
    slow: Color::hex(0x2a313c),
    scale: [
        Color::hex(0x2f6e9e),
        Color::hex(0x1c8ba8),
        Color::hex(0x2aa6a9),
        Color::hex(0x59bfa2),
        Color::hex(0x8fd399),
        Color::hex(0xc8e493),
        Color::hex(0xfff198),
    ],
};

impl Theme {
    /// The names of all.
    pub const IDS: [&'static str; 3] = ["light", "dark", "projector"];

    /// The theme named `light`, `dark` or `projector`.
    pub fn find(id: &str) -> Option<&'static Self> {
        match id {
            "light" => Some(&LIGHT),
            "dark" => Some(&DARK),
            "projector" => Some(&PROJECTOR),
            _ => None,
        }
    }

    /// The colour of path `member` of a sweep of run `run`: from soft to the run's own.
    pub fn swept(&self, run: usize, member: usize) -> Color {
        let share = member as f64 / (MEMBERS - 1) as f64;
        self.high.toward(self.soft, 0.55).toward(self.run(run), share)
    }

    /// The colour of the path that run `index` will take: nearer to ink, because it is drawn thin and
    /// faint.
    pub fn ahead(&self, index: usize) -> Color {
        self.run(index).toward(self.ink, 0.3)
    }

    /// The colour of run `index`; the palette repeats.
    pub fn run(&self, index: usize) -> Color {
        self.runs[index % self.runs.len()]
    }
}
