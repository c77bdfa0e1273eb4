//! Play, pause, step, scrub and restart, by buttons and by keys; and the start, dragged.

use crate::element::Lab;
use crate::session::visit;
use anyhow::{Result, ensure};

const RIGHT: &str = "\u{e014}";
const LEFT: &str = "\u{e012}";

#[tokio::test]
async fn playing_rolls_the_balls_and_pausing_stops_them() -> Result<()> {
    visit("play", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let start = lab.position(0).await?;
        let still = lab.pixels("ball").await?;
        lab.click("[data-action='play']").await?;
        lab.wait_for("lab.readout.step >= 5").await?;
        ensure!(lab.position(0).await? != start, "the ball has not moved");
        lab.pixels("ball").await?.must_differ(&still, "rolling")?;
        lab.click("[data-action='play']").await?;
        lab.wait_for("!lab.readout.playing").await?;
        let stopped = lab.number("lab.readout.time").await?;
        for _ in 0..5 {
            page.next_frame().await?;
        }
        ensure!(lab.number("lab.readout.time").await? == stopped, "time goes on while paused");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn who_asked_for_less_motion_sees_whole_steps() -> Result<()> {
    visit("less-motion", (1280, 800), async |page| {
        Lab::open(page).await?;
        // No driver can set the wish; the lab asks for it when it enters the document.
        page.run(
            "const ask = window.matchMedia.bind(window);
             window.matchMedia = (query) => {
               const answer = ask(query);
               if (query.includes('reduced-motion')) Object.defineProperty(answer, 'matches', { value: true });
               return answer;
             };
             const lab = document.querySelector('momentum-lab'), { parentNode } = lab;
             lab.remove();
             parentNode.append(lab)",
        )
        .await?;
        let lab = Lab(page);
        lab.wait_for("lab.hasAttribute('ready') && $('.play')").await?;
        page.run(
            "const lab = document.querySelector('momentum-lab');
             window.times = [];
             const look = () => { window.times.push(lab.readout?.time ?? 0); requestAnimationFrame(look); };
             look()",
        )
        .await?;
        lab.click("[data-action='play']").await?;
        lab.wait_for("window.times.at(-1) >= 6").await?;
        ensure!(lab.eval("window.times.every(Number.isInteger)").await? == true, "the balls glide");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn buttons_and_keys_step_both_ways() -> Result<()> {
    visit("steps", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let start = lab.position(0).await?;
        for expected in 1..=3 {
            lab.click("[data-action='step']").await?;
            lab.wait_for(&format!("lab.readout.step === {expected}")).await?;
        }
        lab.click("[data-action='back']").await?;
        lab.wait_for("lab.readout.step === 2").await?;
        lab.click("[data-action='restart']").await?;
        lab.wait_for("lab.readout.step === 0").await?;
        ensure!(lab.position(0).await? == start, "the restart is not at the start");

        lab.eval("lab.shadowRoot.activeElement?.blur()").await?;
        page.keys(&RIGHT.repeat(4)).await?;
        lab.wait_for("lab.readout.step === 4").await?;
        page.keys(LEFT).await?;
        lab.wait_for("lab.readout.step === 3").await?;
        page.keys("r").await?;
        lab.wait_for("lab.readout.step === 0").await?;
        page.keys(" ").await?;
        lab.wait_for("lab.readout.playing && lab.readout.step >= 1").await?;
        page.keys(" ").await?;
        lab.wait_for("!lab.readout.playing").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_hundred_thousand_steps_are_scrubbed_both_ways() -> Result<()> {
    visit("long", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval(
            "lab.configuration = { surface: 'rosenbrock', start: [-1.2, 1], steps: 100000,
                runs: [{ id: 'momentum', lr: 1e-6, beta: 0.9 }] }",
        )
        .await?;
        lab.drag_slider("step", 0.9).await?;
        lab.wait_for("lab.readout.step > 80000").await?;
        let (step, place) = (lab.step().await?, lab.position(0).await?);
        lab.drag_slider("step", 0.3).await?;
        lab.wait_for("lab.readout.step > 20000 && lab.readout.step < 40000").await?;
        ensure!(lab.position(0).await? != place, "the ball has not moved");
        // By one step and to any other, there and back.
        lab.eval(&format!("lab.seek({})", step - 1.0)).await?;
        lab.click("[data-action='step']").await?;
        lab.wait_for(&format!("lab.readout.step === {step}")).await?;
        ensure!(lab.position(0).await? == place, "another place at the same step");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn the_time_slider_scrubs() -> Result<()> {
    visit("scrub", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let empty = lab.pixels("trails").await?;
        lab.keep_pixels("trails").await?;
        lab.drag_slider("step", 0.5).await?;
        lab.wait_for("lab.readout.step > 120 && lab.readout.step < 180").await?;
        let half = lab.pixels("trails").await?;
        half.must_differ(&empty, "scrubbing forward")?;
        lab.drag_slider("step", 0.0).await?;
        lab.wait_for("lab.readout.step <= 3").await?;
        lab.eval("lab.restart()").await?;
        lab.wait_for("lab.readout.step === 0").await?;
        lab.must_be_as_kept("trails", "back at the start").await?;
        let left = lab.pixels("trails").await?.covered - empty.covered;
        ensure!(left == 0.0, "back at the start {left} pixels of the trail remain");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn typing_a_space_or_r_into_a_field_is_typing() -> Result<()> {
    visit("typing-keys", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.seek(7)").await?;
        lab.wait_for("lab.readout.step === 7").await?;
        lab.click("[data-field='runs[0].lr'][data-kind='number']").await?;
        page.keys("r ").await?;
        page.next_frame().await?;
        ensure!(lab.step().await? == 7.0, "a letter in a field has moved the time");
        ensure!(lab.eval("lab.readout.playing").await? == false, "a space in a field plays");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn the_start_is_set_by_click_and_by_dragging() -> Result<()> {
    visit("start", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        let plot = lab.rectangle("canvas[data-layer='ball']").await?;
        let before = lab.position(0).await?;
        page.click(plot.at(0.7, 0.3)).await?;
        lab.wait_for(&format!("lab.readout.runs[0].x !== {}", before.0)).await?;
        let clicked = lab.position(0).await?;
        ensure!(clicked == lab.position(1).await?, "the balls start apart");

        let trails = lab.pixels("trails").await?;
        page.drag(&[plot.at(0.7, 0.3), plot.at(0.6, 0.5), plot.at(0.3, 0.7)]).await?;
        lab.wait_for(&format!("lab.readout.runs[0].x < {}", clicked.0)).await?;
        let dragged = lab.position(0).await?;
        let view = lab.eval("lab.configuration.start").await?;
        ensure!(
            view[0].as_f64() == Some(dragged.0),
            "the configuration says {view}, the ball {dragged:?}"
        );
        ensure!(dragged.1 < clicked.1, "dragged down, but y is {} after {}", dragged.1, clicked.1);
        lab.pixels("trails").await?.must_differ(&trails, "another start")?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_hidden_tab_stops_the_clock() -> Result<()> {
    visit("hidden", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.play()").await?;
        lab.wait_for("lab.readout.step >= 1").await?;
        // Within one script, as a driver may wait for the page to be seen.
        let script = "
            const done = arguments[arguments.length - 1];
            const lab = document.querySelector('momentum-lab');
            const changed = () => document.dispatchEvent(new Event('visibilitychange'));
            Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
            changed();
            const before = lab.readout.time;
            setTimeout(() => {
              const after = lab.readout.time;
              delete document.hidden;
              changed();
              done([before, after]);
            }, 400);";
        let times = page.run_async(script).await?;
        ensure!(times[0] == times[1], "time goes on in a hidden tab: {times}");
        lab.wait_for(&format!("lab.readout.time > {}", times[1])).await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn playing_keeps_time_at_two_frames_a_second() -> Result<()> {
    visit("slow-frames", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'ravine', steps: 1000, speed: 20, runs: [{ id: 'gd', lr: 1e-4 }] }")
            .await?;
        lab.wait_for("lab.readout.step === 0 && lab.hasAttribute('ready')").await?;
        page.run(
            "const ask = window.requestAnimationFrame;
             window.requestAnimationFrame = (draw) => setTimeout(() => ask(draw), 500);
             window.begun = performance.now();
             document.querySelector('momentum-lab').play()",
        )
        .await?;
        page.wait_for("performance.now() - window.begun > 4000").await?;
        // The slider shows the moment of the last frame, and asking for it draws none.
        let seen = page
            .run(
                "const lab = document.querySelector('momentum-lab');
                 const slider = lab.shadowRoot.querySelector(\"[data-field='step'][data-kind='slider']\");
                 return [Number(slider.value), (performance.now() - window.begun) / 1000]",
            )
            .await?;
        let (Some(steps), Some(seconds)) = (seen[0].as_f64(), seen[1].as_f64()) else {
            anyhow::bail!("{seen}");
        };
        // The first frame begins, and the last one may be half a second old.
        let expected = 20.0 * (seconds - 1.5)..=20.0 * seconds + 1.0;
        ensure!(expected.contains(&steps), "{steps} steps in {seconds} s at 20 a second");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_page_that_has_been_hidden_or_held_does_not_leap() -> Result<()> {
    visit("no-leap", (1280, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.eval("lab.configuration = { surface: 'ravine', steps: 100000, speed: 1000, runs: [{ id: 'gd', lr: 1e-6 }] }")
            .await?;
        lab.eval("lab.play()").await?;
        lab.wait_for("lab.readout.step >= 1").await?;
        // A machine that has slept for an hour, and a page that has been hidden as long.
        let script = "
            const done = arguments[arguments.length - 1];
            const lab = document.querySelector('momentum-lab');
            const changed = () => document.dispatchEvent(new Event('visibilitychange'));
            const frames = (count, go) => requestAnimationFrame(() => count > 0 ? frames(count - 1, go) : go());
            const ask = window.requestAnimationFrame;
            const HOUR = 3_600_000;
            let ahead = 0;
            window.requestAnimationFrame = (draw) => ask((now) => draw(now + ahead));
            frames(3, () => {
              const before = lab.readout.time;
              Object.defineProperty(document, 'hidden', { configurable: true, get: () => true });
              changed();
              ahead += HOUR;
              delete document.hidden;
              changed();
              frames(3, () => {
                const hidden = lab.readout.time - before;
                ahead += HOUR;
                frames(3, () => done([hidden, lab.readout.time - before - hidden]));
              });
            })";
        let leaps = page.run_async(script).await?;
        let steps = |index: usize| leaps[index].as_f64().unwrap_or(f64::NAN);
        ensure!(steps(0) < 3000.0, "after having been hidden: {leaps}");
        ensure!(steps(1) < 9000.0, "after having slept: {leaps}");
        page.check_errors().await
    })
    .await
}
