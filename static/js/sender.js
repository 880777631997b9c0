/**
 * Gets wishes to the server: one message at a time, over the socket or else as a post, again and again until answered.
 *
 * @typedef {import("./ballot.js").Ballot} Ballot
 * @typedef {import("./ask.js").Problem} Problem
 * @typedef {import("./ask.js").Answer} Answer
 */

import { passes, postJson } from "./ask.js";
import { FIRST_PAUSE, jittered, longer } from "./insist.js";

export class Sender {
  #underWay = false;
  #pause = FIRST_PAUSE;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #retry;

  /** Whether the last attempt got no answer. */
  isCutOff = false;

  /**
   * @param {object} parts
   * @param {Ballot} parts.ballot
   * @param {import("./kept.js").Kept} parts.kept
   * @param {import("./connection.js").Connection} parts.connection
   * @param {string} parts.code
   * @param {number} parts.exercise
   * @param {() => void} parts.changed called after everything that may change what is shown
   * @param {(problems: Problem[]) => void} parts.refused
   * @param {() => void} parts.stale
   */
  constructor(parts) {
    this.parts = parts;
  }

  /** Send what there is to send. Call it as often as there may be something. @returns {Promise<void>} */
  async send() {
    const { ballot, kept, changed } = this.parts;
    kept.save(ballot.unanswered);
    if (this.#underWay || ballot.waiting === 0) return;
    clearTimeout(this.#retry);
    this.#underWay = true;
    const moves = ballot.toSend();
    kept.save(ballot.unanswered);
    const answer = await this.#cast(moves);
    this.#underWay = false;
    const isBusy = passes(answer?.error) && !answer?.moves;
    this.isCutOff = answer === null;
    if (answer === null || isBusy) {
      if (answer?.error && this.#pause === FIRST_PAUSE) this.parts.refused([answer.error]);
      this.#retry = setTimeout(() => this.send(), jittered(this.#pause));
      this.#pause = longer(this.#pause);
      return changed();
    }
    this.#pause = FIRST_PAUSE;
    // The page comes anew, and sends them then.
    if (answer.error?.code === "expired") {
      this.parts.refused([answer.error]);
      return changed();
    }
    this.#settle(moves, answer);
    changed();
    return this.send();
  }

  /** Try again now: the network seems to be back. */
  hurry() {
    this.#pause = FIRST_PAUSE;
    return this.send();
  }

  /**
   * @param {import("./ballot.js").Move[]} moves
   * @param {Answer} answer
   */
  #settle(moves, answer) {
    const { ballot, refused, stale } = this.parts;
    if (answer.moves) {
      const problems = ballot.answered(/** @type {any} */ (answer));
      if (problems.stale) stale();
      if (problems.refused.length > 0) refused(problems.refused);
    }
    // Whatever was not named in the answer will not be in the next one either.
    ballot.drop(moves);
    if (!answer.moves && answer.error) refused([answer.error]);
  }

  /**
   * The answer, or null where none came.
   *
   * @param {import("./ballot.js").Move[]} moves
   * @returns {Promise<Answer | null>}
   */
  async #cast(moves) {
    const { connection, code, exercise } = this.parts;
    try {
      return await connection.emit("move", { exercise, moves });
    } catch {
      // No socket, or no answer in time. The moves may have arrived: the same `op` again does no harm.
    }
    try {
      return await postJson(`/w/${code}/${exercise}/dots`, { moves });
    } catch {
      return null;
    }
  }
}
