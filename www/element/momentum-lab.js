// The element <momentum-lab>: loads the core, holds a session while it is in the document, and
// is what a page speaks to.

import { Address } from "../sharing/address.js";
import { labs, loadCore } from "../core/core.js";
import { flag, h } from "../platform/dom.js";
import { EmbedTools } from "../sharing/embed-tools.js";
import { failureNotice } from "./failure.js";
import { fieldNames } from "../core/fields.js";
import { Frame } from "./frame.js";
import { Gate } from "../core/gate.js";
import { imported } from "../platform/import.js";
import { ENGLISH, SPEAKS, languageOf, messagesIn } from "../i18n/language.js";
import { LinkTools } from "../sharing/link.js";
import { lookOf } from "../app/look.js";
import { keep, recall } from "../core/memory.js";
import { numberIn } from "../core/options.js";
import { plain } from "../platform/plain.js";
import { Session } from "../app/session.js";
import VERSION from "../pkg/version.js";
import { watchSight } from "./sight.js";
import { OLDEST, lacking } from "../platform/support.js";
import { WHOLE, Wishes, mirror, missing, upgrade } from "./wishes.js";

/**
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../core/core.js").Core} Core
 * @typedef {import("../pkg/momentum_lab_page.js").Linked} Linked
 * @typedef {import("../core/readout.js").Snapshot} Snapshot
 * @typedef {import("../app/session.js").State} State
 */

const FIRST_DRAW = "first-draw";

/** No path is longer, in steps. */
const FARTHEST = 1e9;

/** Where pages are written and not shown there are no elements; the module may be imported all the same. */
const Base = globalThis.HTMLElement ?? class {};

/**
 * Attributes that mirror the configuration: `surface`, `optimizer` (one or several between spaces, a run
 * each), `start="x,y"`, and every parameter of the surface, of the first run's optimizer and of the
 * lab as a whole by its id, such as `lr`, `beta`, `kappa`, `steps`; `configuration`, a link's text, says all in one
 * and yields to the others. They say what the lab begins with; a changed
 * one changes that field, one taken away gives it its default, and what the reader does changes no
 * attribute. The same names are properties, which tell what is in force; but `basins` and `tuning`
 * can only be assigned: what they are is methods. What is refused is told on the console and over the plot, and changes nothing.
 *
 * Other attributes: `controls` (what is shown, see gate.js; without it all) and `lock` (nothing else
 * can be changed from the page), `theme` (auto, light, dark, projector), `language` (en, zh-CN; without
 * it the reader's), `page-keys` (keys count while nothing has the focus), `remember` (the browser
 * keeps the session, and the next visit goes on from it), `link` (the address of the page says what is
 * chosen, which counts more than what is remembered; a button copies it); neither of these two with
 * `lock`; `embed` (a button opens a builder of embeddings, whose addresses lie beside the page or
 * the address that the attribute says). A flag that says `false` counts as absent. `ready` is set while a picture stands.
 * Slot `title`: the heading over the lab.
 *
 * Events, which bubble and do not leave the tree that the element stands in: `change`, `step`, `settled`,
 * `diverged`, `leaving`, `undefined`, `answered`, `failed` with what `Details` in news.js says; `momentum-lab-language`, whose detail has the texts, tells
 * the page around in which language the lab speaks.
 *
 * The lab is loaded when the element is nearly in view, and rests while it is not.
 */
class LabElement extends Base {
  /** Of the package. */
  static version = VERSION;
  static observedAttributes = ["theme", "language", "controls", "lock"];

  #root = this.attachShadow({ mode: "open" });
  #frame = new Frame(this.#root);
  #messages = ENGLISH;
  #wishes = new Wishes(this);
  /** What is asked for beside the fields that there is not. @type {string[]} */
  #lacking = [];
  /** @type {Core | undefined} */
  #core;
  /** @type {Session | undefined} */
  #session;
  /** What to begin with, where the session is not there yet or has ended. */
  #kept = /** @type {State | undefined} */ (undefined);
  /** @type {Address | undefined} */
  #address;
  /** @type {LinkTools | undefined} */
  #linkTools;
  /** About the link in the address. @type {Error[]} */
  #complaints = [];
  /** Why there is no session, until another one is opened. @type {unknown} */
  #failure;
  /** Whether the session has been opened after a failure and has drawn nothing yet. */
  #retried = false;
  /** Whether nobody can see it. */
  #unseen = false;
  /** Aborted when the element leaves the document. @type {AbortController | undefined} */
  #stay;

  connectedCallback() {
    this.#stay = new AbortController();
    const { signal } = this.#stay;
    const remember = () => {
      if (this.#session && this.#remembers) keep(this.#session.state, this.#address?.former);
    };
    globalThis.addEventListener("pagehide", remember, { signal });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) remember();
    }, { signal });
    upgrade(this, WHOLE);
    this.#frame.fit(this.#gate);
    this.#frame.wait();
    this.#wishes.watch(() => this.#grant(), signal);
    watchSight(this, () => this.#load(signal), (seen) => {
      this.#unseen = !seen;
      this.#session?.rest(!seen);
    }, signal);
  }

  disconnectedCallback() {
    this.#stay?.abort();
    this.#close();
    this.#address = undefined;
    this.#frame.show();
    for (const name of ["ready", "presenting", "resting"]) this.removeAttribute(name);
  }

  /** A document does not take over the sheets of another one. */
  adoptedCallback() {
    this.#frame.dress();
  }

  /** @param {string} name */
  attributeChangedCallback(name) {
    if (name === "theme") this.#session?.retheme();
    else if (name === "language") this.#translate();
    else this.#rearrange();
  }

  /**
   * Everything that is chosen, as a plain object; assigning one with fields left out gives these
   * their defaults, and throws an Error that names the field if something is wrong. A text is that of
   * a link: the attribute.
   * @returns {Configuration | undefined} Nothing before the lab is ready, unless assigned.
   */
  get configuration() {
    return this.#session?.configuration ?? this.#kept?.configuration;
  }

  /** @param {Configuration | string | undefined} configuration */
  set configuration(configuration) {
    if (typeof configuration === "string") {
      this.setAttribute(WHOLE, configuration);
    } else if (this.#session && configuration) {
      this.#session.bring(configuration);
    } else {
      const copy = plain(configuration);
      this.#kept = copy && { configuration: copy, first: copy };
    }
  }

  /** The numbers of the present moment. @returns {Snapshot | undefined} */
  get readout() {
    return this.#session?.snapshot;
  }

  /**
   * To which minimum each of many starts leads with one of this lab's runs, computed by workers.
   * Assigned, as frameworks do with an attribute, it is the parameter of that name.
   * @returns {(options?: import("../pkg/momentum_lab.js").BasinsOptions & import("../maps/maps.js").Cancellable)
   *   => Promise<import("../pkg/momentum_lab.js").Cells>} See `basins` in maps.js.
   */
  get basins() {
    return async (options) => {
      const { basins } = await imported(() => import("../maps/maps.js"));
      return basins(this.configuration ?? {}, options);
    };
  }

  set basins(shown) {
    this.#wish("basins", shown);
  }

  /**
   * Where the ball of one of this lab's runs ends at each of many learning rates and momenta.
   * Assigned, it is the parameter of that name.
   * @returns {(options?: import("../pkg/momentum_lab.js").TuningOptions & import("../maps/maps.js").Cancellable)
   *   => Promise<import("../pkg/momentum_lab.js").TunedCells>} See `tuning` in maps.js.
   */
  get tuning() {
    return async (options) => {
      const { tuning } = await imported(() => import("../maps/maps.js"));
      return tuning(this.configuration ?? {}, options);
    };
  }

  set tuning(shading) {
    this.#wish("tuning", shading);
  }

  /**
   * The plot as a PNG, drawn in so many times as many pixels as it has CSS pixels on the page.
   * @param {{scale?: number}} [options] 0.25 to 8; without one 2.
   * @returns {Promise<Blob>}
   */
  async toPNG(options) {
    const { toPNG } = await imported(() => import("../export/files.js"));
    return toPNG(this.#moment, options);
  }

  /** The plot as an SVG. @returns {Promise<string>} */
  async toSVG() {
    const { toSVG } = await imported(() => import("../export/files.js"));
    return toSVG(this.#moment);
  }

  /**
   * The whole path of a run as comma-separated values.
   * @param {number} [run] Its index; without one the first.
   * @returns {Promise<string>}
   */
  async toCSV(run) {
    const { toCSV } = await imported(() => import("../export/files.js"));
    return toCSV(this.#moment.configuration, run);
  }

  /**
   * A Python script that draws the path of a run.
   * @param {"pytorch" | "numpy"} language
   * @param {number} [run] Its index; without one the first.
   * @returns {Promise<string>}
   */
  async toCode(language, run) {
    const { toCode } = await imported(() => import("../export/files.js"));
    return toCode(this.#moment.configuration, language, run);
  }

  /**
   * The plot in motion, from the start until the balls rest, as a film.
   * @param {import("../export/recording.js").Wishes} [options]
   * @returns {Promise<Blob>}
   */
  async record(options) {
    const { record } = await imported(() => import("../export/recording.js"));
    return record(this.#moment, options);
  }

  play() {
    this.#session?.play();
  }

  pause() {
    this.#session?.pause();
  }

  /** Back to the start. */
  restart() {
    this.#session?.restart();
  }

  /** Back to the first configuration and to the start, without a lesson. */
  reset() {
    this.#session?.reset();
  }

  /** @param {number} [count] Steps on, or back if negative. */
  step(count = 1) {
    this.#session?.step(this.#finite("count", count));
  }

  /** @param {number} step The time to go to. */
  seek(step) {
    this.#session?.seek(this.#finite("step", step));
  }

  /**
   * @param {string} name
   * @param {unknown} value
   */
  #finite(name, value) {
    const refusal = this.#core?.refusal;
    return refusal ? numberIn(refusal, name, value, [-FARTHEST, FARTHEST]) : 0;
  }

  get #moment() {
    if (!this.#session) throw new Error("the lab is not ready");
    return this.#session.moment;
  }

  /** What is shown, and what the reader may do. */
  get #gate() {
    return new Gate(this.getAttribute("controls"), flag(this, "lock"));
  }

  get #remembers() {
    return flag(this, "remember") && !flag(this, "lock");
  }

  /**
   * Starts the lab, or says why that fails and offers to try again.
   * @param {AbortSignal} signal
   */
  #load(signal) {
    this.#failure = undefined;
    this.#start(signal).catch((error) => {
      if (!signal.aborted) this.#fail("lab.failed", error);
    });
  }

  /** @param {AbortSignal} signal */
  async #start(signal) {
    const loading = h("p", { class: "notice", role: "status" });
    this.#frame.wait(loading);
    const speaking = messagesIn(languageOf(this)).then((messages) => {
      this.#messages = messages;
      loading.lang = messages.language;
      loading.append(messages.text("lab.loading"));
    });
    const missing = lacking();
    if (missing.length > 0) {
      await speaking;
      const values = { missing: missing.join(", "), ...OLDEST };
      if (!signal.aborted) this.#fail("lab.old", new Error(`this browser lacks ${values.missing}`), values);
      return;
    }
    const [core] = await Promise.all([loadCore(), speaking]);
    if (signal.aborted) return;
    this.#core = core;
    if (flag(this, "link") && !flag(this, "lock")) {
      this.#address ??= new Address(core, {
        configuration: () => this.#session?.configuration,
        first: () => this.#session?.first ?? core.catalogue.defaults,
        follow: (linked) => this.#follow(linked),
      }, signal);
    }
    mirror(LabElement.prototype, fieldNames(core.catalogue), {
      read: (lab, name) => lab.#wishes.read(name, core.catalogue, lab.configuration),
      write: (lab, name, value) => lab.#wish(name, value),
    });
    this.#frame.show(this.#open(core, this.#address?.read()).element);
    this.#begin();
    // The wish may have changed meanwhile.
    await this.#translate();
  }

  /**
   * A session that goes on from what has been kept, or begins with what the address says.
   * @param {Core} core
   * @param {Linked} [linked]
   */
  #open(core, linked) {
    const address = this.#address;
    const gate = this.#gate;
    this.#failure = undefined;
    this.#frame.fit(gate);
    this.#linkTools = address && new LinkTools(this.#messages, () => core.link(this.configuration));
    const linking = this.#linkTools;
    const embedding = flag(this, "embed") && EmbedTools.possible && gate.shows("embed")
      ? new EmbedTools(this.#messages, core, this, this.#root) : undefined;
    const session = new Session(core, this, this.#root, this.#messages, gate, {
      drawn: () => this.#drawn(),
      failed: (error, state) => this.#stop(error, state),
      changed: () => address?.changed(),
      told: (type, detail) => this.dispatchEvent(new CustomEvent(type, { bubbles: true, detail })),
      extra: {
        bar: { link: linking ? [linking.button] : [], embed: embedding ? [embedding.button] : [] },
        over: [...(linking ? [linking.notice, linking.dialog] : []), ...(embedding ? [embedding.foot] : [])],
      },
    });
    this.#session = session;
    labs.add(this.#suspend);
    session.rest(this.#unseen);
    const goOn = (/** @type {State} */ state, again = false) => {
      if (!linked || again || address?.says(state.configuration)) session.resume(state);
    };
    const kept = this.#kept;
    if (kept?.time === undefined) {
      if (kept) {
        try {
          session.resume(kept);
          this.#wishes.passWhole();
        } catch (error) {
          if (session.ended) throw error;
          // The assignment has returned, so that its caller can no longer be thrown at.
          this.#kept = undefined;
          this.#wishes.refuseWhole(kept.configuration, error);
        }
      }
      for (const name of fieldNames(core.catalogue)) upgrade(this, name);
      this.#grant();
      session.makeFirst();
      if (linked) session.resume(linked);
      if (!kept && this.#remembers) recall(goOn);
    } else {
      if (linked) session.resume({ configuration: linked.configuration, first: kept.first });
      goOn(kept);
      this.#grant();
    }
    if (session.ended) throw this.#failure;
    if (linked) this.#complain(linked.complaints);
    else this.#linkTools?.complain(this.#complaints);
    return session;
  }

  /**
   * @param {string} name
   * @param {unknown} value Assigned to the property of that name.
   */
  #wish(name, value) {
    this.#wishes.assign(name, value);
    this.#grant();
  }

  /** Takes what the attributes and properties ask for. */
  #grant() {
    const [session, core] = [this.#session, this.#core];
    if (!session || !core) return;
    this.#wishes.apply(session, core);
    // What has failed has been told already.
    if (session.ended) return;
    const lacking = missing(this, this.#gate, core.catalogue, this.#messages);
    for (const words of lacking.filter((one) => !this.#lacking.includes(one))) console.warn(`<momentum-lab> ${words}`);
    this.#lacking = lacking;
    const refused = this.#wishes.refused.map(({ name, field, error }) => this.#messages.reason(error, { field, name }));
    session.complain([...refused, ...lacking]);
  }

  /**
   * Takes what the address has come to say; if nothing, what is first.
   * @param {Linked | undefined} linked
   */
  #follow(linked) {
    if (linked) this.#session?.bring(linked.configuration);
    else this.#session?.reset();
    this.#complain(linked?.complaints ?? []);
  }

  /** @param {Error[]} complaints About the link in the address. */
  #complain(complaints) {
    this.#complaints = complaints;
    this.#linkTools?.complain(complaints);
    for (const { message } of complaints) console.warn(message);
  }

  /** Lets the session draw and the page around know its language. */
  #begin() {
    this.#session?.begin();
    this.dispatchEvent(new CustomEvent(SPEAKS, { bubbles: true, detail: this.#messages }));
  }

  /** Ends the session and keeps what the next one goes on from. */
  #close() {
    labs.delete(this.#suspend);
    const session = this.#session;
    if (session) {
      const { state } = session;
      // To ask for it can be what makes it fail, and then it is kept already.
      if (!session.ended) this.#kept = state;
      session.end();
    }
    this.#session = undefined;
    this.#linkTools?.end();
  }

  /** Ends the session; what it gives back opens another one that goes on from there. */
  #suspend = () => {
    const restore = lookOf(this.#root);
    this.#close();
    return () => this.#resume(restore);
  };

  /** @param {() => void} restore Gives the new lab the look of the old one. */
  #resume(restore) {
    if (!this.#core) return;
    try {
      this.#frame.show(this.#open(this.#core).element);
      restore();
      this.#begin();
    } catch (error) {
      this.#fail("lab.stopped", error);
    }
  }

  /** Says everything anew if another language is wished for; the lab goes on where it is. */
  async #translate() {
    const language = languageOf(this);
    if (!this.#session || language === this.#messages.language) return;
    const messages = await messagesIn(language);
    if (!this.#session || languageOf(this) !== language) return;
    if (messages.language === this.#messages.language) return;
    this.#messages = messages;
    this.#reopen();
  }

  /** Shows other controls. */
  #rearrange() {
    if (this.#session) this.#reopen();
    else this.#frame.fit(this.#gate);
  }

  /** Builds the lab anew, which goes on where it is. */
  #reopen() {
    this.#suspend()();
  }

  #drawn() {
    if (performance.getEntriesByName(FIRST_DRAW).length === 0) performance.mark(FIRST_DRAW);
    this.#retried = false;
    this.setAttribute("ready", "");
  }

  /**
   * Keeps what can be gone on from after a failure.
   * @param {unknown} error
   * @param {State} [state]
   */
  #stop(error, state) {
    // What fails before anything is drawn, and fails again, is not tried a third time.
    if (state || this.#retried) this.#kept = state;
    this.#fail("lab.stopped", error);
  }

  /**
   * Every failure comes here: says in words what has happened, offers to go on, and tells the page.
   * @param {"lab.failed" | "lab.old" | "lab.stopped"} key
   * @param {unknown} error
   * @param {Record<string, string>} [values] Of the text.
   */
  #fail(key, error, values = {}) {
    // One failure leads to others on the way out.
    if (this.#failure !== undefined) return;
    this.#failure = error ?? new Error("unknown");
    console.error(error);
    const restore = lookOf(this.#root);
    const focused = this.#root.activeElement !== null;
    labs.delete(this.#suspend);
    this.#session?.end();
    this.#session = undefined;
    this.removeAttribute("ready");
    const configuration = this.#kept?.configuration;
    const { text, reason } = this.#messages;
    const words = text(key, { reason: reason(error), ...values });
    const again = () => {
      if (this.#core) this.#startAgain(restore);
      else if (this.#stay) this.#load(this.#stay.signal);
    };
    const known = { version: VERSION, core: this.#core, configuration };
    const notice = failureNotice(this.#messages, key, words, error, known, again);
    this.#frame.show(notice);
    if (focused) notice.querySelector("button")?.focus();
    const { message } = error instanceof Error ? error : { message: String(error) };
    this.dispatchEvent(new CustomEvent("failed", { bubbles: true, detail: { message, configuration } }));
  }

  /**
   * Opens the lab in a fresh instance of the core.
   * @param {() => void} restore
   */
  #startAgain(restore) {
    this.#retried = true;
    this.#failure = undefined;
    try {
      this.#core?.renew();
    } catch (error) {
      return this.#fail("lab.failed", error);
    }
    this.#resume(restore);
  }
}

const registry = globalThis.customElements;
const defined = /** @type {typeof LabElement | undefined} */ (registry?.get("momentum-lab"));

/** The element, once a page: a second copy of this module uses that of the first. */
export const MomentumLab = defined ?? LabElement;

if (!defined) registry?.define("momentum-lab", LabElement);
else if (defined.version !== VERSION) {
  console.info(`momentum-lab ${VERSION}: the page has defined <momentum-lab> before, by version ${defined.version}, which is used`);
}
