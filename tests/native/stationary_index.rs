//! At which stationary point a ball rests.

use momentum_lab::math::geometry::{Point, Vector};
use momentum_lab::parameter::{Setting, Settings};
use momentum_lab::run::stationary_index::{Place, StationaryIndex};
use momentum_lab::surface::{self, StationaryKind};

/// A fiftieth of the view's longer side.
const REACH: f64 = 0.02;

#[test]
fn a_ball_is_at_a_stationary_point_just_inside_the_reach_and_not_just_outside() {
    for id in ["himmelblau", "double-well", "saddle", "three-hump-camel"] {
        let surface = surface::find(id).expect("known").with_defaults();
        let view = surface.view();
        let reach = REACH * view.width().max(view.height());
        let places = StationaryIndex::of(&*surface);
        let mut minima = 0;
        for found in surface.stationary() {
            let expected = if found.kind == StationaryKind::Minimum {
                minima += 1;
                Place::Minimum(minima - 1)
            } else {
                Place::Saddle
            };
            for turn in 0..8 {
                let (sin, cos) = (f64::from(turn) * 0.7).sin_cos();
                let at =
                    |share: f64| places.at(found.point + Vector::new(cos, sin) * (share * reach));
                assert_eq!(at(0.0), expected, "{id} at {found:?}");
                assert_eq!(at(0.999), expected, "{id} beside {found:?}");
                assert_eq!(at(1.001), Place::Plateau, "{id} away from {found:?}");
            }
        }
    }
}

#[test]
fn between_a_hump_and_a_minimum_the_nearer_one_counts() {
    let entry = surface::find("well").expect("known");
    let mut settings = Settings::defaults(entry.description.parameters);
    // Just before the upper well is gone, its minimum is within reach of the hump beside it.
    settings.set("tilt", Setting::Number(1.53));
    let surface = entry.build(&settings);
    let kinds = |kind: StationaryKind| {
        surface.stationary().into_iter().filter(move |found| found.kind == kind)
    };
    let hump = kinds(StationaryKind::Maximum).next().expect("a hump").point;
    let minima = surface.minima();
    let (index, minimum) = (0..).zip(minima).max_by(|a, b| a.1.x.total_cmp(&b.1.x)).expect("two");
    let apart = minimum.x - hump.x;
    assert!(apart > 0.05 && apart < REACH * surface.view().width(), "{apart}");
    let places = StationaryIndex::of(&*surface);
    let at = |share: f64| places.at(Point::new(hump.x + share * apart, 0.0));
    for share in [-0.5, 0.0, 0.3, 0.499] {
        assert_eq!(at(share), Place::Saddle, "{share} of the way");
    }
    for share in [0.501, 0.7, 1.0, 1.5] {
        assert_eq!(at(share), Place::Minimum(index), "{share} of the way");
    }
}
