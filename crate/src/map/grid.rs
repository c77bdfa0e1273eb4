//! The cells of a map, and the passes in which they are computed: coarse first.

use std::ops::Range;

/// Distances of cells in passes from coarse to fine, from the largest map's only cell on; a map may
/// begin with any of them.
pub const STRIDES: [usize; 11] = [1024, 512, 256, 128, 64, 32, 16, 8, 4, 2, 1];

/// One pass over a map: the cells whose column and row are multiples of a stride.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// The distance between neighbouring cells, at least 1: until finer passes come, a cell stands
    /// for the square of this side to its right and below.
    pub stride: usize,
    /// Whether the cells of twice the stride are known, and left out.
    pub refines: bool,
}

impl Pass {
    /// The passes of a map that begins with the first of `strides`, each of which is half the one
    /// before.
    pub fn over(strides: &[usize]) -> impl Iterator<Item = Self> {
        strides.iter().enumerate().map(|(index, &stride)| Self { stride, refines: index > 0 })
    }
}

/// Size of a map in cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grid {
    /// Cells in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
}

/// A cell.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Cell {
    /// Counted from the left.
    pub column: usize,
    /// Counted from the top.
    pub row: usize,
}

impl Grid {
    /// The cells of a pass among `rows` and `columns`, row by row from the top, each from the left.
    /// Over all passes from one stride on to stride 1 every cell comes once.
    pub fn cells(
        self,
        pass: Pass,
        rows: Range<usize>,
        columns: Range<usize>,
    ) -> impl Iterator<Item = Cell> {
        let rows = rows.start..rows.end.min(self.height);
        let stride = pass.stride.max(1);
        rows.filter(move |row| row.is_multiple_of(stride)).flat_map(move |row| {
            // Where the pass before has been, every other cell is left.
            let twice = stride.saturating_mul(2);
            let known = pass.refines && row.is_multiple_of(twice);
            let (first, apart) = if known { (stride, twice) } else { (0, stride) };
            let end = columns.end.min(self.width);
            // The first of them that is not before the columns asked for.
            let before = columns.start.saturating_sub(first).div_ceil(apart);
            let first = first.saturating_add(before.saturating_mul(apart));
            (first..end).step_by(apart).map(move |column| Cell { column, row })
        })
    }

    /// The part of a map's width and height, from its left and its top, at which the centre of a
    /// cell lies.
    pub(super) fn centre(self, cell: Cell) -> (f64, f64) {
        let part = |index: usize, count: usize| (index as f64 + 0.5) / count as f64;
        (part(cell.column, self.width), part(cell.row, self.height))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passes_cover_every_cell_once_and_each_pass_its_lattice() {
        for (width, height) in [(1, 1), (16, 16), (37, 21), (5, 100)] {
            let grid = Grid { width, height };
            for first in 0..STRIDES.len() {
                let mut seen = vec![0; width * height];
                for pass in Pass::over(&STRIDES[first..]) {
                    // In pieces, as workers compute it, and as a page without them.
                    let (third, half) = (height / 3, width / 2);
                    let cells = grid.cells(pass, 0..third, 0..9999);
                    let cells = cells.chain(grid.cells(pass, third..9999, 0..half));
                    let cells = cells.chain(grid.cells(pass, third..9999, half..half + 1));
                    let cells = cells.chain(grid.cells(pass, third..9999, half + 1..9999));
                    cells.for_each(|cell| seen[cell.row * width + cell.column] += 1);
                    for (index, times) in seen.iter().enumerate() {
                        let on = (index % width).is_multiple_of(pass.stride)
                            && (index / width).is_multiple_of(pass.stride);
                        assert_eq!(*times, u32::from(on), "{width}x{height}, {pass:?}: {index}");
                    }
                }
                assert!(seen.iter().all(|times| *times == 1));
            }
        }
    }
}
