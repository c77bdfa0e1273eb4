// Types of the element <momentum-lab> for pages that use it; see docs/embedding.md.

import type { Configuration } from "../core/catalogue.js";
import type { FieldAttributes, Fields } from "../pkg/fields.js";
import type { Details } from "../app/news.js";
import type { Snapshot } from "../core/readout.js";
import type { BasinsOptions, Cells, TunedCells, TuningOptions } from "../pkg/momentum_lab.js";
import type { Cancellable } from "../maps/maps.js";

export type MomentumLabEvents = { [K in keyof Details]: CustomEvent<Details[K]> };

/** The values of fields by their short names, such as `surface`, `lr` and `beta`. */
export interface MomentumLab extends Fields {}

export class MomentumLab extends HTMLElement {
  /** Of the package. */
  static readonly version: string;
  /** Everything that is chosen; fields left out of an assigned one get their defaults. A text is that
   *  of a link. */
  get configuration(): Configuration | undefined;
  set configuration(configuration: Partial<Record<keyof Configuration, unknown>> | string | undefined);
  /** The numbers of the present moment, once the lab is there. */
  readonly readout: Snapshot | undefined;

  play(): void;
  pause(): void;
  /** Back to the start. */
  restart(): void;
  /** Back to the first configuration and to the start. */
  reset(): void;
  /** So many steps on, or back if negative; one without a number. */
  step(count?: number): void;
  seek(step: number): void;
  /** A map from JavaScript. Assigned, it is whether the plot shows one. */
  get basins(): (options?: BasinsOptions & Cancellable) => Promise<Cells>;
  set basins(shown: boolean | "" | undefined);
  /** A map from JavaScript. Assigned, it is by what the plane of settings is shaded. */
  get tuning(): (options?: TuningOptions & Cancellable) => Promise<TunedCells>;
  set tuning(shading: "theory" | "steps" | "overshoots" | "end" | undefined);
  /** In so many times as many pixels as the plot has CSS pixels, 0.25 to 8; without a number 2. */
  toPNG(options?: { scale?: number }): Promise<Blob>;
  toSVG(): Promise<string>;
  /** The whole path of a run by its index, without one the first. */
  toCSV(run?: number): Promise<string>;
  /** A script that draws that path. */
  toCode(language: "pytorch" | "numpy", run?: number): Promise<string>;
  /** From the start until the balls rest; without a format WebM where the browser makes it, else GIF.
   *  In so many times as many pixels as the plot has CSS pixels, 0.25 to 8; without a number 1. */
  record(options?: {
    format?: "webm" | "gif";
    scale?: number;
    signal?: AbortSignal;
    progress?: (share: number) => void;
  }): Promise<Blob>;

  addEventListener<K extends keyof MomentumLabEvents>(
    type: K,
    listener: (this: MomentumLab, event: MomentumLabEvents[K]) => unknown,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
}

/** The attributes, for JSX. */
export interface MomentumLabAttributes extends FieldAttributes {
  configuration?: Partial<Record<keyof Configuration, unknown>> | string | undefined;
  controls?: string | undefined;
  lock?: boolean | "" | undefined;
  theme?: "auto" | "light" | "dark" | "projector" | undefined;
  language?: "en" | "zh-CN" | undefined;
  "page-keys"?: boolean | "" | undefined;
  remember?: boolean | "" | undefined;
  link?: boolean | "" | undefined;
  embed?: boolean | string | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    "momentum-lab": MomentumLab;
  }
}
