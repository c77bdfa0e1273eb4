//! The element before it is ready, and after it has been taken away.

use crate::element::Lab;
use crate::host::Host;
use crate::session::visit;
use anyhow::{Result, ensure};
use serde_json::json;

#[tokio::test]
async fn a_wrong_configuration_assigned_early_is_told_and_harms_nothing() -> Result<()> {
    visit("early-nonsense", (1000, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        page.run(
            "const lab = document.createElement('momentum-lab');
             document.body.append(lab);
             load().then(() => lab.configuration = { surface: 'bowl', runs: [{ id: 'momentum', beta: 7 }] })",
        )
        .await?;
        let lab = Lab(page);
        lab.wait_for("lab.hasAttribute('ready')").await?;
        let told = lab.text("$('[part~=complaint]').textContent").await?;
        ensure!(told.contains("beta") && told.contains('7'), "{told}");
        ensure!(lab.text("lab.configuration.surface.id").await? != "bowl", "half of it counts");
        lab.eval("lab.configuration = { surface: 'bowl' }").await?;
        ensure!(lab.text("lab.configuration.surface.id").await? == "bowl");
        // Put in again, it has got over it.
        page.run("const lab = document.querySelector('momentum-lab'); lab.remove(); document.body.append(lab)")
            .await?;
        lab.wait_for("lab.hasAttribute('ready')").await?;
        ensure!(lab.text("lab.configuration.surface.id").await? == "bowl");
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_lab_taken_away_while_it_presents_comes_back_in_its_place() -> Result<()> {
    visit("presenting-away", (1000, 800), async |page| {
        let lab = Lab::open(page).await?;
        lab.click("[data-action='present']").await?;
        lab.wait_for("lab.hasAttribute('presenting')").await?;
        page.run("const lab = document.querySelector('momentum-lab'); lab.remove(); document.body.append(lab)")
            .await?;
        lab.wait_for("lab.hasAttribute('ready')").await?;
        // Browsers leave the full screen in their own time.
        lab.wait_for("!lab.hasAttribute('presenting') && getComputedStyle(lab).position !== 'fixed'")
            .await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_second_copy_of_the_module_uses_the_first() -> Result<()> {
    visit("second-copy", (1000, 800), async |page| {
        let other = Host::of(".").await?;
        page.open("tests/pages/bare.html").await?;
        page.run(&format!(
            "window.told = [];
             console.info = (...values) => told.push(values.join(' '));
             document.body.append(document.createElement('momentum-lab'));
             window.copies = Promise.all([
               import('/www/element/momentum-lab.js'), import('/www/element/momentum-lab.js?v=2'), import('{0}/momentum-lab.js'),
               import('/www/maps/maps.js?v=2'), import('{0}/www/maps/maps.js'),
             ])",
            other.url()
        ))
        .await?;
        let lab = Lab::ready(page).await?;
        let found = page
            .run_async(
                "const done = arguments[arguments.length - 1];
                 copies.then(async ([first, ...others]) => {
                   const lab = document.querySelector('momentum-lab');
                   const same = others.slice(0, 2).map(({ MomentumLab }) => MomentumLab === first.MomentumLab);
                   const small = { width: 8, height: 8 };
                   const maps = [await lab.basins(small), ...await Promise.all(others.slice(2).map(({ basins }) => basins(lab.configuration, small)))];
                   const made = document.createElement('momentum-lab') instanceof others[0].MomentumLab;
                   done([...same, made, new Set(maps.map(({ labels }) => labels.join())).size, (await lab.toCSV()).length > 100]);
                 }).catch((error) => done(String(error)))",
            )
            .await?;
        ensure!(found == json!([true, true, true, 1, true]), "{found}");
        // Nothing to be said of the same version; of another one, once.
        ensure!(page.run("return told").await? == json!([]), "{}", page.run("return told").await?);
        page.run("customElements.get('momentum-lab').version = '9.9.9'; window.third = import('/www/element/momentum-lab.js?v=3')")
            .await?;
        page.wait_for("told.length === 1 && told[0].includes('9.9.9')").await?;
        lab.eval("lab.step(3)").await?;
        lab.wait_for("lab.readout.step === 3").await?;
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_second_copy_of_the_hosts_script_passes_nothing_on_twice() -> Result<()> {
    visit("second-host", (1000, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        page.run_on_page(
            "window.heard = 0;
             document.body.innerHTML = `<iframe src=\"/embed.html#controls=play&host=${location.origin}\"></iframe>`;
             document.querySelector('iframe').addEventListener('momentum-lab', ({ detail }) => { heard += detail.type === 'ready' });
             import('/embed-host.js').then(() => import('/www/frame/embed-host.js?v=2'))",
        )
        .await?;
        page.wait_for("heard > 0").await?;
        page.next_frame().await?;
        ensure!(page.run("return heard").await? == json!(1));
        page.check_errors().await
    })
    .await
}

#[tokio::test]
async fn a_lab_moved_to_another_document_works_there() -> Result<()> {
    visit("other-document", (1000, 800), async |page| {
        page.open("tests/pages/bare.html").await?;
        page.run(
            "document.body.innerHTML = '<momentum-lab surface=himmelblau></momentum-lab><iframe width=900 height=700></iframe>';
             window.lab = document.querySelector('momentum-lab');
             load()",
        )
        .await?;
        page.wait_for("lab.hasAttribute('ready')").await?;
        page.run("lab.beta = 0.5; lab.seek(7)").await?;
        for place in ["document.querySelector('iframe').contentDocument.body", "document.body"] {
            page.run(&format!("{place}.append(lab)")).await?;
            page.wait_for("lab.hasAttribute('ready') || lab.shadowRoot.querySelector('[role=alert]')").await?;
            page.run(
                "window.state = () => {
                   const $ = (s) => lab.shadowRoot.querySelector(s);
                   const alert = $('.frame > [role=alert]')?.textContent;
                   if (alert) return alert;
                   const ground = $('canvas[data-layer=frame]');
                   const data = ground.getContext('2d').getImageData(0, 0, ground.width, ground.height).data;
                   return [data.some((value) => value !== 0), lab.readout.step, lab.beta,
                     lab.ownerDocument.defaultView.getComputedStyle($('.plot')).position,
                     lab.shadowRoot.adoptedStyleSheets.length];
                 }",
            )
            .await?;
            // Its new place may give it another size, for which it is drawn again.
            page.wait_for("lab.shadowRoot.querySelector('.plot') && state()[0] === true").await?;
            let state = page.run("return state()").await?;
            ensure!(state == json!([true, 7, 0.5, "relative", 2]), "{place}: {state}");
        }
        page.check_errors().await
    })
    .await
}
