//! Rows of numbers.

use crate::study::simulate::Simulated;
use std::fmt::Write;

/// The run as comma-separated values with a header line: step, x, y, loss, the displacement of
/// that step along x and y (empty in row 0), and its learning rate (empty in row 0). Numbers are
/// written so that reading them gives the same f64.
pub fn csv(simulation: &Simulated) -> String {
    let run = &simulation.run;
    let mut text = String::from("step,x,y,loss,velocity_x,velocity_y,lr\n");
    for (step, (point, loss)) in run.points().iter().zip(run.losses()).enumerate() {
        let moved =
            step.checked_sub(1).map(|before| (*point - run.points()[before], run.rates()[before]));
        let rest = moved.map_or(",,".to_owned(), |(v, lr)| format!("{:?},{:?},{lr:?}", v.x, v.y));
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{step},{:?},{:?},{loss:?},{rest}", point.x, point.y);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configuration::Value;
    use crate::study::simulate::simulate;

    #[test]
    fn rows_read_back_as_the_same_numbers() {
        let asked: Value = serde_json::from_str(
            r#"{"surface": "rosenbrock", "optimizer": {"id": "momentum", "lr": 0.001}, "steps": 5}"#,
        )
        .expect("plain data");
        let done = simulate(&asked).expect("valid");
        let text = csv(&done);
        let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split(',').collect()).collect();
        assert_eq!(rows.len(), 7);
        assert!(rows.iter().all(|row| row.len() == 7));
        assert_eq!(rows[1][4..], ["", "", ""]);
        let points = done.run.points();
        for (row, point) in rows[1..].iter().zip(points) {
            assert_eq!(row[1].parse(), Ok(point.x));
            assert_eq!(row[2].parse(), Ok(point.y));
        }
        assert_eq!(rows[3][4].parse(), Ok((points[2] - points[1]).x));
        assert_eq!(rows[3][6], "0.001");
    }
}
