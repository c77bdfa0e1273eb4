// Where a pointer is in an element, in the element's own CSS pixels, also where the page around scales it by
// `transform` or `zoom`.

/** Differences up to this, in CSS pixels, come from rounding: layout sizes are whole numbers. */
const ROUNDING = 1;

/** A picture that is scaled up further gets no more pixels. */
const MOST_ENLARGED = 4;

/** Pixels of a printed picture to a CSS pixel, at least. */
export const ON_PAPER = 2;

/** Whether rectangles include CSS zoom, as the standard says; WebKit before version 26.2 divides by it. @type {boolean | undefined} */
let standard;

/**
 * The place of a pointer in an element.
 * @param {HTMLElement} element Not rotated.
 * @param {{clientX: number, clientY: number}} pointer An event or a touch.
 * @returns {[number, number]} To the right and down from the top left inside the border.
 */
export function placeIn(element, { clientX, clientY }) {
  const { left, top, across, down } = frameOf(element);
  return [
    (clientX - left) / across - element.clientLeft,
    (clientY - top) / down - element.clientTop,
  ];
}

/**
 * How many of the screen's pixels a picture needs for each CSS pixel of its element to look sharp. An element that
 * is shown smaller, as in an overview of slides, keeps the pixels of its own size: it may grow without notice.
 * @param {HTMLElement} element
 */
export function sharpnessOf(element) {
  return devicePixelRatio * Math.min(Math.max(frameOf(element).across, 1), MOST_ENLARGED);
}

/** @param {HTMLElement} element */
function frameOf(element) {
  const { left, top, width, height } = element.getBoundingClientRect();
  const zoom = rectanglesHaveZoom() ? 1 : zoomOf(element);
  const ratio = (/** @type {number} */ shown, /** @type {number} */ laidOut) => {
    return shown > 0 && laidOut > 0 && Math.abs(shown - laidOut) >= ROUNDING ? shown / laidOut : 1;
  };
  return {
    left: left * zoom,
    top: top * zoom,
    across: ratio(width * zoom, element.offsetWidth),
    down: ratio(height * zoom, element.offsetHeight),
  };
}

/** Measures once what this engine does. */
function rectanglesHaveZoom() {
  if (standard !== undefined) return standard;
  const probe = document.createElement("div");
  probe.style.cssText = "all: initial; position: fixed; inline-size: 16px; block-size: 16px; visibility: hidden";
  document.documentElement.append(probe);
  const plain = probe.getBoundingClientRect().width;
  probe.style.setProperty("zoom", "2");
  const zoomed = probe.getBoundingClientRect().width;
  probe.remove();
  standard = zoomed > 1.5 * plain;
  return standard;
}

/**
 * The CSS zoom in force on an element: the product over all elements around it.
 * @param {Element} element
 */
function zoomOf(element) {
  let zoom = 1;
  for (let node = /** @type {Element | null} */ (element); node; node = around(node)) {
    zoom *= Number.parseFloat(getComputedStyle(node).getPropertyValue("zoom")) || 1;
  }
  return zoom;
}

/**
 * The element around another, out of shadow trees too.
 * @param {Element} element
 * @returns {Element | null}
 */
function around(element) {
  if (element.assignedSlot) return element.assignedSlot;
  const { parentNode } = element;
  return parentNode instanceof ShadowRoot ? parentNode.host : element.parentElement;
}
