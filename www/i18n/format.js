// Numbers as text: enough digits to be useful, no more, and never a negative zero.

const LONGEST = 9;

/**
 * For a field that can be typed in: the number itself if it is short, else six digits of it.
 * @param {number} value
 * @returns {string}
 */
export function editable(value) {
  const exact = short(value === 0 ? 0 : value);
  return exact.length <= LONGEST ? exact : String(Number(value.toPrecision(6)));
}

/**
 * For reading: three significant digits, with a true minus sign, an exponent where needed.
 * @param {number} value
 * @returns {string}
 */
export function readable(value) {
  if (Number.isNaN(value)) return "–";
  if (!Number.isFinite(value)) return value < 0 ? "−∞" : "∞";
  const size = Math.abs(value);
  let text;
  if (size === 0) text = "0";
  else if (size < 1e-3 || size >= 1e5) text = value.toExponential(2).replace("e+", "e");
  else if (size >= 999.5) text = value.toFixed(0);
  else text = value.toPrecision(3);
  return text.replaceAll("-", "−");
}

/**
 * For a place: two decimals, or three digits where these would hide it or it is far out.
 * @param {number} value
 * @returns {string}
 */
export function coordinate(value) {
  const size = Math.abs(value);
  if (size === 0) return "0.00";
  if (size >= 0.005 && size < 1e4) return value.toFixed(2).replace("-", "−");
  return readable(value);
}

/**
 * For a momentum: with as many digits as its distance from 1 needs.
 * @param {number} beta
 * @returns {string}
 */
export function momentum(beta) {
  const nines = beta < 1 ? Math.floor(-Math.log10(1 - beta)) : 0;
  return String(Number(beta.toFixed(3 + nines)));
}

/**
 * All digits of a number, with an exponent where they would be a row of zeros.
 * @param {number} value
 */
function short(value) {
  const plain = String(value);
  return /^-?0\.00000/.test(plain) ? value.toExponential() : plain;
}
