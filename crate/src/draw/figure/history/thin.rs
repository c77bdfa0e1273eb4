//! Long paths in few corners.

/// At most two corners for every pixel column, its least and its greatest value, and the last;
/// what is no number is left out. `columns` is how many columns a row is wide.
pub(super) fn thinned(rows: impl Iterator<Item = (usize, f64)>, columns: f64) -> Vec<(usize, f64)> {
    let mut corners = Vec::new();
    let mut column = 0;
    // The least and the greatest of the present column.
    let mut ends: Option<[(usize, f64); 2]> = None;
    let mut last = None;
    for (row, value) in rows.filter(|(_, value)| !value.is_nan()) {
        let here = (row as f64 * columns) as usize;
        last = Some((row, value));
        ends = match ends {
            Some([least, greatest]) if here == column => Some([
                if value < least.1 { (row, value) } else { least },
                if value >= greatest.1 { (row, value) } else { greatest },
            ]),
            _ => {
                finish(&mut corners, ends);
                Some([(row, value); 2])
            }
        };
        column = here;
    }
    finish(&mut corners, ends);
    if last > corners.last().copied() {
        corners.extend(last);
    }
    corners
}

fn finish(corners: &mut Vec<(usize, f64)>, ends: Option<[(usize, f64); 2]>) {
    let Some([least, greatest]) = ends else { return };
    let (first, second) = if least.0 <= greatest.0 { (least, greatest) } else { (greatest, least) };
    corners.push(first);
    if second.0 != first.0 {
        corners.push(second);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_fits_is_kept_whole() {
        let rows: Vec<_> = (0..100).map(|row| (row, f64::from((row * 7 % 13) as u32))).collect();
        assert_eq!(thinned(rows.iter().copied(), 1.0), rows);
        assert_eq!(thinned(rows.iter().copied(), 0.5), rows);
    }

    #[test]
    fn crowds_keep_their_extremes_and_their_end() {
        let rows = || (0..10_000).map(|row| (row, libm::sin(row as f64) * row as f64));
        let corners = thinned(rows(), 0.03);
        assert!(corners.len() <= 2 * 301 + 1, "{}", corners.len());
        assert!(corners.windows(2).all(|pair| pair[0].0 < pair[1].0));
        let peak = |corners: &mut dyn Iterator<Item = (usize, f64)>| {
            corners.fold(0.0_f64, |peak, (_, value)| peak.max(value))
        };
        assert_eq!(peak(&mut rows()), peak(&mut corners.iter().copied()));
        assert_eq!(corners.last().map(|corner| corner.0), Some(9_999));
    }

    #[test]
    fn gaps_are_bridged() {
        let rows = [(0, f64::NAN), (1, 2.0), (2, f64::NAN), (3, 1.0)];
        assert_eq!(thinned(rows.into_iter(), 5.0), [(1, 2.0), (3, 1.0)]);
    }
}
