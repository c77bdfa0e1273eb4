// Types of the element for React, and of <momentum-lab> in its JSX.

import type { DetailedHTMLProps, HTMLAttributes, ReactElement } from "react";
import type { MomentumLab, MomentumLabAttributes, MomentumLabEvents } from "./element/momentum-lab.js";

type Listeners = { [K in keyof MomentumLabEvents as `on${K}`]?: (event: MomentumLabEvents[K]) => void };

export type LabProperties = MomentumLabAttributes & Listeners
  & Omit<DetailedHTMLProps<HTMLAttributes<MomentumLab>, MomentumLab>, keyof MomentumLabAttributes>;

/** `<momentum-lab>`, with lists and objects as properties also where the page comes from a server. */
export function Lab(properties: LabProperties): ReactElement;

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "momentum-lab": LabProperties;
    }
  }
}
