"use client";
// The element for React. A page that is rendered on a server keeps only texts and numbers of a custom element's
// attributes, and React sets no properties when it takes such a page over; here they are set then.

import { createElement, useLayoutEffect, useRef } from "react";

// On a server there is no layout to wait for.
const useProperties = globalThis.document ? useLayoutEffect : () => {};

/** @param {Record<string, unknown>} properties Of `<momentum-lab>`. */
export function Lab({ ref, ...properties }) {
  const own = useRef(/** @type {HTMLElement | null} */ (null));
  const rich = Object.entries(properties).filter(([name, value]) => name !== "style" && name !== "children"
    && typeof value === "object" && value !== null);
  const plain = Object.fromEntries(Object.entries(properties).filter(([name]) => !rich.some(([other]) => other === name)));
  useProperties(() => {
    if (own.current) Object.assign(own.current, Object.fromEntries(rich));
    // Equal lists and objects are new ones each time that React renders.
  }, [JSON.stringify(rich)]);
  useProperties(() => {
    import("./element/momentum-lab.js").catch((error) => console.error(error));
  }, []);
  return createElement("momentum-lab", {
    ...plain,
    ref: (/** @type {HTMLElement | null} */ element) => {
      own.current = element;
      if (typeof ref === "function") return ref(element);
      if (ref) ref.current = element;
      return undefined;
    },
  });
}
