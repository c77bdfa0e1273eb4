// What TypeScript makes of the package, for pages written in it.

import type { MomentumLab } from "momentum-lab";
import init, { simulate } from "momentum-lab/core";
import { basins } from "momentum-lab/maps";

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
  lab.configuration = "surface=bowl";
  const labels: Uint8Array[] = cells.map((map) => map.labels);
  await init();
  const { points } = simulate({ surface: "ravine" });
  return [labels, crossings, points.length];
}
