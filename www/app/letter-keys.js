// Whether single characters, such as R or 3, are shortcuts: who dictates, or presses keys by accident, can switch
// them off (WCAG 2.1.4). It holds for all labs of the page, and the browser remembers it.

const MEMORY = "momentum-lab-letter-keys";
const OFF = "off";

let on = !isOff();

/** Whether characters are shortcuts. */
export function lettersCount() {
  return on;
}

/** @param {boolean} count Whether characters are to be shortcuts. */
export function letLettersCount(count) {
  on = count;
  try {
    if (on) localStorage.removeItem(MEMORY);
    else localStorage.setItem(MEMORY, OFF);
  } catch {
    // Then it holds for this visit.
  }
}

function isOff() {
  try {
    return localStorage.getItem(MEMORY) === OFF;
  } catch {
    return false;
  }
}
