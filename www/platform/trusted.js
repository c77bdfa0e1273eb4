// Trusted Types: a page that enforces them takes the address of a worker only from a policy, and it may
// allow policies of certain names only.

/** What such a page lists after `trusted-types`. */
const NAME = "momentum-lab";
/** The policy of the page, or what speaks against one: a second copy of this module may not make another. */
const SHARED = Symbol.for(NAME);

/** @type {any} */
const page = globalThis;

/**
 * The address of a script as the page takes it. Throws where the page allows no policy.
 * @param {string} url
 * @returns {string}
 */
export function trusted(url) {
  const { trustedTypes } = page;
  // Where there is a default policy, the browser asks it about texts.
  if (!trustedTypes || trustedTypes.defaultPolicy) return url;
  page[SHARED] ??= make(trustedTypes);
  if (page[SHARED] instanceof Error) throw page[SHARED];
  return page[SHARED].createScriptURL(url);
}

/** @param {any} trustedTypes */
function make(trustedTypes) {
  try {
    // Asking for a policy that is not allowed makes the browser complain, so what can be known is looked at first.
    if (!isListed()) throw new Error(`the page lists no policy ${NAME} under trusted-types`);
    return trustedTypes.createPolicy(NAME, { createScriptURL: (/** @type {string} */ url) => url });
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

/** Whether the policies that stand in the page itself allow this one. */
function isListed() {
  const metas = [.../** @type {NodeListOf<HTMLMetaElement>} */ (
    document.querySelectorAll("meta[http-equiv='content-security-policy' i]"))];
  const directives = metas.flatMap(({ content }) => content.split(/[;,]/)).map((text) => text.trim().split(/\s+/));
  const lists = directives.filter(([name]) => name.toLowerCase() === "trusted-types");
  return lists.every(([, ...names]) => names.includes(NAME) || names.includes("*"));
}
