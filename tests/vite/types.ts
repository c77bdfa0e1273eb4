// What TypeScript makes of the package, for pages written in it.

import { MomentumLab, type MomentumLabAttributes } from "momentum-lab";
import init, { simulate } from "momentum-lab/core";
import { ask } from "momentum-lab/embed-host";
import { basins } from "momentum-lab/maps";
import * as standalone from "momentum-lab/standalone";

export async function types(lab: MomentumLab) {
  lab.addEventListener("settled", ({ detail }) => {
    const [x, y]: [number, number] = detail.point;
    // @ts-expect-error
    const text: string = detail.run;
    // @ts-expect-error
    return [x, y, text, detail.nonsense];
  });
  lab.addEventListener("change", ({ detail }) => {
    const surface: string = detail.configuration.surface.id;
    // @ts-expect-error
    return [surface, detail.configuration.nonsense];
  });
  const { step, runs } = lab.readout ?? { step: 0, runs: [] };
  // @ts-expect-error
  runs[step].nonsense;
  const { signal } = new AbortController();
  const cells = [await lab.basins({ width: 8, signal }), await basins({}, { height: 8, signal })];
  const crossings: Uint16Array = (await lab.tuning({ width: 8 })).overshoots;
  lab.basins = true;
  const version: string = MomentumLab.version;
  const beta: number | undefined = lab.beta;
  lab.start = [1, 2];
  lab.surface = "himmelblau";
  // @ts-expect-error
  lab.betta = 0.5;
  // @ts-expect-error
  lab.surface = "himmelblaw";
  // @ts-expect-error
  lab.start = 3;
  const attributes: MomentumLabAttributes[] = [
    { surface: "ravine", kappa: 40, lr: "0.02", start: "1,2", arrows: true, "page-keys": true, configuration: { steps: 5 } },
    // @ts-expect-error
    { kapa: 40 },
    // @ts-expect-error
    { theme: "sepia" },
    // @ts-expect-error
    { lr: "much" },
  ];
  ask(document.createElement("iframe"), { type: "play" });
  const all = [await standalone.basins({}, { width: 8 }), standalone.MomentumLab.version, version, beta, attributes];
  lab.configuration = "surface=bowl";
  const labels: Uint8Array[] = cells.map((map) => map.labels);
  await init();
  const { points } = simulate({ surface: "ravine" });
  return [labels, crossings, points.length, all];
}
