// What stands around the plot and tells of it: the transport, the cards, the figures, the words.
// They follow the configuration and the moment together.

import { Basins } from "../maps/basins.js";
import { entryOf } from "../core/catalogue.js";
import { Chosen } from "../cards/chosen.js";
import { DampingCard } from "../cards/damping.js";
import { Figures } from "../charts/figures.js";
import { Lesson } from "../teaching/lesson.js";
import { Narrator, numbered } from "../plot/narrator.js";
import { RuleCard } from "../cards/rule.js";
import { Runs } from "../cards/runs.js";
import { pathCard, surfaceCard, sweepCard } from "../cards/surface.js";
import { TaskCard } from "../teaching/task.js";
import { Transport } from "../plot/transport.js";

/**
 * @typedef {import("../core/catalogue.js").Configuration} Configuration
 * @typedef {import("../core/core.js").Core} Core
 * @typedef {import("../core/readout.js").Readout} Readout
 *
 * @typedef {object} Frames How a panel has itself drawn.
 * @property {() => void} request Asks for a frame.
 * @property {() => void} refresh Asks for one in which all is drawn and written anew.
 * @property {() => void} flush Draws at once.
 */

export class Panels {
  transport;
  chosen;
  lesson;
  task;
  runs;
  damping;
  rule;
  basins;
  figures;
  narrator;
  surface;
  sweep;
  path;
  #lab;
  #reader;
  #plot;
  #catalogue;
  #messages;
  /** Of each run's optimizer. @type {string[]} */
  #names = [];
  /** Of the surface. */
  #dimension = 2;
  /** Whether settings change on the way, so that what is in force depends on the step. */
  #changes = false;
  /** The theme that is shown. */
  #palette = "";

  /**
   * @param {Core} core
   * @param {InstanceType<Core["Lab"]>} lab
   * @param {import("../plot/plot.js").Plot} plot
   * @param {import("../core/gate.js").Gate} gate
   * @param {import("./reader.js").Reader} reader
   * @param {Frames} frames
   */
  constructor({ sceneNumbers, catalogue }, lab, plot, gate, reader, { request, refresh, flush }) {
    const { messages } = reader;
    this.#lab = lab;
    this.#reader = reader;
    this.#plot = plot;
    this.#catalogue = catalogue;
    this.#messages = messages;
    this.narrator = new Narrator(reader);
    this.transport = new Transport(reader, catalogue.limits.speed, reader);
    this.chosen = new Chosen(catalogue, gate, reader);
    this.runs = new Runs(catalogue, reader);
    this.rule = new RuleCard(lab, messages, request);
    this.damping = new DampingCard(lab, messages, refresh);
    this.basins = new Basins(lab, plot, catalogue, reader, refresh);
    const [palette] = Object.values(catalogue.themes);
    this.figures = new Figures(lab, messages, reader, palette.runs.length, flush, {
      refresh,
      drag: (run, x, y) => reader.dragSetting(run, x, y),
      names: () => this.#names,
      set: (field, value) => reader.set(field, value),
      theme: () => catalogue.themes[this.#palette],
      catalogue,
    });
    if (reader.shows("figures")) plot.add(this.figures.toggle);
    this.task = new TaskCard(reader.examining, catalogue);
    plot.letter(this.task.sites);
    this.lesson = new Lesson(catalogue.scenes, sceneNumbers, reader.teaching);
    this.surface = surfaceCard(catalogue, reader);
    this.sweep = sweepCard(catalogue, reader);
    this.path = pathCard(catalogue, reader);
  }

  /** Of each run's optimizer, numbered where it is there several times. */
  get names() {
    return this.#names;
  }

  /** What stands before all else: a question. */
  get over() {
    return this.task.element;
  }

  /**
   * Keeps from the reader what would give an answer away, or hands it out again.
   * @param {boolean} on
   */
  seal(on) {
    this.#plot.seal(on);
    for (const element of [...this.side, ...this.below, ...this.under]) element.inert = on;
  }

  /** What stands right under the plot. */
  get under() {
    const transport = this.#reader.shows("play") ? [this.transport.element] : [];
    return [...transport, this.chosen.element, this.basins.element];
  }

  /** The cards beside the plot, in their order. */
  get side() {
    const { lesson: lessons, surface, runs, damping, rule, sweep, path } = this;
    const cards = Object.entries({ lessons, runs, surface, damping, rule, sweep, path });
    return cards.flatMap(([name, { element }]) => (this.#reader.shows(name) ? [element] : []));
  }

  /** What takes a row of its own, where there is room. */
  get below() {
    return this.#reader.shows("figures") ? [this.figures.element] : [];
  }

  /**
   * Shows what is configured.
   * @param {Configuration} configuration
   */
  update(configuration) {
    const { limits, optimizers, surfaces } = this.#catalogue;
    for (const card of [this.surface, this.sweep, this.path]) card.update(configuration);
    this.#changes = configuration.runs.some((run) => "changes" in run);
    this.#showPresent(configuration);
    this.transport.update(configuration);
    const { dimension } = entryOf(surfaces, configuration.surface.id);
    this.#plot.project(this.#lab.in_space(), dimension > 1);
    this.#plot.overlay(configuration, this.#lab.spread());
    const names = numbered(configuration.runs.map(({ id }) => {
      return this.#messages.named("optimizer", entryOf(optimizers, id));
    }));
    const { visible } = limits;
    this.narrator.name(names, configuration.runs.map((run) => run[visible.id] === true));
    this.#names = names;
    if (this.#reader.shows("figures")) this.figures.update(names);
    this.basins.update(names, dimension);
    this.rule.update(names);
    this.damping.update(names);
    this.#dimension = dimension;
    this.lesson.update(configuration);
    this.task.update(configuration, names);
  }

  /**
   * Shows the settings that are in force at the present step.
   * @param {Configuration} configuration
   */
  #showPresent(configuration) {
    const present = { ...configuration, runs: this.#lab.present() };
    this.runs.update(present);
    this.chosen.update(present);
  }

  /**
   * Writes the texts of the present moment.
   * @param {Readout} readout
   * @param {() => Configuration} configured Asked only where it is needed: the answer is a copy.
   * @param {{stale: boolean, moved: boolean, foretold: boolean}} since Whether more than the time
   *   may have changed, whether it is another step, and whether what is to come may be told.
   */
  read(readout, configured, { stale, moved, foretold }) {
    this.transport.read(readout, stale, () => this.narrator.losses(readout));
    if (this.#changes && moved) this.#showPresent(configured());
    this.runs.read(readout);
    this.figures.element.classList.toggle("guessed", !foretold);
    this.figures.read(stale, readout);
    this.damping.read(readout, stale, foretold, this.#dimension);
    this.#plot.say(this.task.sentence ?? this.narrator.sentence(readout));
    this.narrator.follow(readout);
    this.lesson.read(readout);
    this.task.read(readout);
    if (!stale) return;
    this.figures.changed();
    const configuration = configured();
    const [x, y] = this.#lab.start_position();
    this.#plot.place(this.#lab.sights(), [x, y], configuration.start);
    this.basins.read(this.task.sealed ? { ...configuration, basins: false } : configuration);
    this.task.place(this.#plot.size);
  }

  /** @param {string} id Of the theme to show. */
  retheme(id) {
    this.#palette = id;
    this.basins.retheme(id);
    this.figures.retheme();
  }

  /** Watches and speaks no more. */
  end() {
    this.narrator.stop();
    this.figures.end();
    this.basins.end();
  }
}
