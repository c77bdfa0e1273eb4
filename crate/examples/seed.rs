//! Prints the table of PyTorch's best-known momentum example: w = 1, loss w²/2, lr = 0.01,
//! momentum = 0.9.
//!
//! `cargo run --package momentum-lab --example seed`

use momentum_lab::configuration::Value;
use momentum_lab::study::simulate::simulate;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked: Value = serde_json::from_str(
        r#"{
            "surface": "parabola",
            "optimizer": { "id": "momentum", "lr": 0.01, "beta": 0.9 },
            "start": [1],
            "steps": 10
        }"#,
    )?;
    let run = simulate(&asked)?.run;
    println!("step  gradient         w");
    for (step, w) in run.points().iter().enumerate().skip(1) {
        println!("{step:4}  {:.6}  {:.6}", run.gradients()[step - 1].x, w.x);
    }
    Ok(())
}
