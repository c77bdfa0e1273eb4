// Types of maps.js for those who take the package.

import type { BasinsOptions, Cells, TunedCells, TuningOptions } from "../pkg/momentum_lab.js";

/** What ends a map before it is whole: its promise rejects with the signal's reason. */
export interface Cancellable {
  signal?: AbortSignal;
}

/** To which minimum each of many starts leads, and in how many steps; computed by workers. */
export function basins(configuration: object, options?: BasinsOptions & Cancellable): Promise<Cells>;

/** What becomes of the ball at each of many learning rates and momenta; computed by workers. */
export function tuning(configuration: object, options?: TuningOptions & Cancellable): Promise<TunedCells>;
