/**
 * The line to the server: a socket that comes back by itself, and for participants a look every five seconds where no
 * socket can be had. docs/protocol.md describes the messages.
 *
 * @typedef {"off" | "live" | "polling" | "lost"} State
 * @typedef {{ version: number, now?: number, full?: boolean, fragments?: Record<string, string | null>,
 *   ballot?: import("./ballot.js").Told, mine?: number[],
 *   unchecked?: import("./unchecked.js").Written[] }} Message
 */

import { io } from "../vendor/socket.io.esm.min.js";
import { get } from "./ask.js";
import { hearTime } from "./clock.js";
import { sentence } from "./words.js";

const BETWEEN_LOOKS = 5000;
const BEFORE_THE_FIRST_LOOK = 2000;
const PATIENCE_FOR_AN_ANSWER = 5000;
const PATIENCE_FOR_THE_STATE = 5000;

/** Whoever was away for longer has a socket that may be dead without knowing. */
const AWAY = 10_000;

/** Shorter breaks are not worth a word. */
const BLINK = 800;

/** Whoever can look without a socket is not cut off before that has failed, too, or takes too long. */
const BLINK_WITH_A_LOOK = 3000;

export class Connection {
  /** @type {State} */
  state = "off";
  #hasEnded = false;
  #hasState = false;
  #isRefusing = false;
  /** Patches that came before the state they build upon. @type {Message[]} */
  #held = [];
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #looking;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #blinking;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #welcome;
  #hiddenAt = 0;
  /** Looks in a row that found nothing. */
  #missed = 0;

  /**
   * @param {object} parts
   * @param {string} parts.code
   * @param {"participant" | "board" | "console" | "moderation"} parts.audience
   * @param {() => number} parts.version the version that the page shows
   * @param {(message: Message, kind: "state" | "patch") => void} parts.heard
   * @param {(ballot: import("./ballot.js").Told) => void} [parts.ballot]
   * @param {(sentence: string, code?: string) => void} parts.ended
   * @param {(state: State) => void} [parts.changed]
   */
  constructor(parts) {
    this.parts = parts;
    const { code, audience, version } = parts;
    const language = document.documentElement.lang;
    this.socket = io({
      auth: (give) => give({ code, audience, version: version(), language }),
      // Straight to the websocket takes one round trip where polling first takes five.
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelay: 500,
      reconnectionDelayMax: 3000,
      timeout: 8000,
    });
    this.#listen();
    this.#comeBackWithThePage();
    this.#lookIn(BEFORE_THE_FIRST_LOOK);
  }

  /**
   * Send a message and wait for its answer. Rejects where there is no socket, or no answer in time.
   *
   * @param {string} event
   * @param {unknown} data
   * @returns {Promise<any>}
   */
  async emit(event, data) {
    // The library would keep it and send it later, beside the post that was sent instead.
    if (!this.socket.connected) throw new Error("There is no socket.");
    try {
      return await this.socket.timeout(PATIENCE_FOR_AN_ANSWER).emitWithAck(event, data);
    } catch (error) {
      if (this.socket.connected) this.comeBack();
      throw error;
    }
  }

  /** Connect anew and at once, whatever the socket thinks of itself and however long it meant to wait. */
  comeBack() {
    if (this.#hasEnded) return;
    this.socket.disconnect();
    this.socket.connect();
  }

  #listen() {
    const { socket } = this;
    socket.on("connect", () => {
      // A server with threads can be quicker with the state than with the word that one is connected.
      if (!this.#hasState)
        this.#welcome = setTimeout(() => this.comeBack(), PATIENCE_FOR_THE_STATE);
    });
    socket.on("state", (/** @type {Message} */ message) => {
      clearTimeout(this.#welcome);
      if (message.now) hearTime(message.now);
      this.#hasState = true;
      clearTimeout(this.#looking);
      this.parts.heard(message, "state");
      for (const patch of this.#held.splice(0)) this.parts.heard(patch, "patch");
      this.#is("live");
    });
    socket.on("patch", (/** @type {Message} */ message) => {
      if (this.#hasState) this.parts.heard(message, "patch");
      else this.#held.push(message);
    });
    socket.on("ballot", (ballot) => this.parts.ballot?.(ballot));
    socket.on("gone", ({ code, message }) => this.#refused(code, message));
    socket.on("disconnect", () => {
      this.#hasState = false;
      this.#held = [];
      clearTimeout(this.#welcome);
      this.#lookIn(BLINK);
      clearTimeout(this.#blinking);
      const mayLook = this.parts.audience === "participant";
      this.#blinking = setTimeout(() => this.#is("lost"), mayLook ? BLINK_WITH_A_LOOK : BLINK);
      this.#persist();
    });
    socket.on("connect_error", (error) => {
      const { code } = /** @type {any} */ (error).data ?? {};
      if (code) this.#refused(code, error.message);
      // A proxy may swallow websockets without a word, so that the library never tries the other way by itself.
      else socket.io.opts.transports?.reverse();
      if (this.state === "off" && this.parts.audience !== "participant") this.#is("lost");
      this.#persist();
    });
  }

  /** The library does not come back by itself where the server hung up or refused. */
  #persist() {
    if (this.socket.active || this.#hasEnded || this.#isRefusing) return;
    this.#isRefusing = true;
    setTimeout(() => {
      this.#isRefusing = false;
      if (!this.#hasEnded && !this.socket.connected) this.socket.connect();
    }, BETWEEN_LOOKS);
  }

  #comeBackWithThePage() {
    addEventListener("online", () => this.#catchUp());
    addEventListener("pageshow", (event) => {
      if (event.persisted) this.#catchUp();
    });
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.#hiddenAt = Date.now();
      else if (!this.socket.connected || Date.now() - this.#hiddenAt > AWAY) this.#catchUp();
    });
  }

  /** Whoever had no socket before will hardly have one now, so they do not wait for it. */
  #catchUp() {
    const pause = this.socket.connected ? BEFORE_THE_FIRST_LOOK : 0;
    this.comeBack();
    this.#lookIn(pause);
  }

  // Looking, where there is no socket -------------------------------------------------------------------------------

  /** @param {number} pause */
  #lookIn(pause) {
    if (this.parts.audience !== "participant") return;
    clearTimeout(this.#looking);
    this.#looking = setTimeout(() => this.#look(), pause + Math.random() * 500);
  }

  async #look() {
    if (this.#hasEnded || (this.socket.connected && this.#hasState)) return;
    if (!document.hidden) await this.look();
    this.#lookIn(this.#missed === 1 ? BEFORE_THE_FIRST_LOOK : BETWEEN_LOOKS);
  }

  /** Ask how things stand, and say whether there was an answer. Participants only. @returns {Promise<boolean>} */
  async look() {
    const { code, version } = this.parts;
    try {
      const answer = await get(
        `/w/${code}/state?version=${version()}&language=${document.documentElement.lang}`,
      );
      if (this.#hasEnded) return false;
      if (answer.error) {
        this.#refused(answer.error.code, answer.error.message);
        return false;
      }
      this.#missed = 0;
      hearTime(answer.now);
      this.parts.heard(/** @type {any} */ (answer), "state");
      if (!this.socket.connected) this.#is("polling");
      return true;
    } catch {
      this.#missed++;
      // One answer that is lost on a bad network is soon made up for.
      const isCutOff = this.state !== "polling" || this.#missed > 1;
      if (!this.socket.connected && isCutOff) this.#is("lost");
      return false;
    }
  }

  // What it comes to ------------------------------------------------------------------------------------------------

  /**
   * @param {string} code
   * @param {string} message
   */
  #refused(code, message) {
    if (code === "not_joined") {
      this.#hasEnded = true;
      location.assign(`/j/${this.parts.code}`);
    } else if (code === "waiting") {
      this.#hasEnded = true;
      location.assign(`/w/${this.parts.code}`);
    } else if (code === "no_such_workshop") {
      this.#end(sentence("ended"));
    } else if (code === "no_link" || code === "moved") {
      this.#end(message, code);
    }
  }

  /**
   * @param {string} message
   * @param {string} [code]
   */
  #end(message, code) {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#blinking);
    clearTimeout(this.#welcome);
    this.socket.disconnect();
    this.#is("off");
    this.parts.ended(message, code);
  }

  /** @param {State} state */
  #is(state) {
    clearTimeout(this.#blinking);
    if (this.state === state || (this.#hasEnded && state !== "off")) return;
    this.state = state;
    show(state);
    this.parts.changed?.(state);
  }
}

const WORDS = { off: "", live: "live", polling: "polling", lost: "reconnecting" };

/** Seen, and not announced: a line that comes and goes is not worth interrupting for. @param {State} state */
function show(state) {
  const place = document.getElementById("connection");
  if (!place) return;
  place.hidden = state === "off";
  place.dataset.state = state;
  place.textContent = WORDS[state] && sentence(WORDS[state]);
}
