//! The cells of a map, and the passes in which they are computed: coarse first.

use std::ops::Range;

/// The distance of the cells of each pass.
const STRIDES: [usize; 5] = [16, 8, 4, 2, 1];

/// Number of passes.
pub const PASSES: usize = STRIDES.len();

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
    /// The distance between neighbouring cells after pass `pass`, in cells: until finer passes
    /// come, a cell stands for the square of this side to its right and below.
    pub fn stride(pass: usize) -> usize {
        STRIDES.get(pass).copied().unwrap_or(1)
    }

    /// The cells of a pass among `rows`, row by row from the top, each from the left. Over all
    /// passes every cell comes once; after pass p all cells are there whose column and row are
    /// multiples of its [`stride`](Self::stride). The pass after the last is all cells at once, for
    /// whom coarse ones are of no use.
    pub fn cells(self, pass: usize, rows: Range<usize>) -> impl Iterator<Item = Cell> {
        let rows = rows.start..rows.end.min(self.height);
        let stride = Self::stride(pass);
        let known = (1..PASSES).contains(&pass).then(|| Self::stride(pass - 1));
        rows.filter(move |row| row.is_multiple_of(stride)).flat_map(move |row| {
            // Where the pass before has been, every other cell is left.
            let (first, apart) = match known {
                Some(apart) if row.is_multiple_of(apart) => (stride, apart),
                _ => (0, stride),
            };
            (first..self.width).step_by(apart).map(move |column| Cell { column, row })
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
            let mut seen = vec![0; width * height];
            for pass in 0..PASSES {
                // In two pieces, as workers compute it.
                let cells =
                    grid.cells(pass, 0..height / 3).chain(grid.cells(pass, height / 3..9999));
                cells.for_each(|cell| seen[cell.row * width + cell.column] += 1);
                for (index, times) in seen.iter().enumerate() {
                    let stride = Grid::stride(pass);
                    let on = index % width % stride == 0 && index / width % stride == 0;
                    assert_eq!(*times, u32::from(on), "{width}x{height}, pass {pass}: {index}");
                }
            }
            let all = grid.cells(PASSES, 0..9999).map(|cell| cell.row * width + cell.column);
            assert!(all.eq(0..width * height), "all at once");
        }
    }
}
