/**
 * Puts what was pushed into the page, and leaves alone what belongs to the reader: their focus, their place, what they
 * typed, their dots. (What everybody shares inside of that, such as the columns one can choose, is marked `data-shared`.)
 * Afterwards the document gets a `patched` event, for those who paint.
 *
 * @typedef {import("./connection.js").Message} Message
 * @typedef {object} Patched
 * @property {string} before the phase that was shown
 * @property {string} phase the phase that is shown
 * @property {boolean} isNewStage whether the stage was replaced as a whole
 * @property {HTMLElement[]} added cards
 * @property {number[]} removed numbers of responses
 */

import { Idiomorph } from "../vendor/idiomorph.esm.js";

import { closeUp, parse } from "./parse.js";
import { isBeingTyped, isTypedOver } from "./typing.js";

/**
 * How an audience wants it.
 *
 * @typedef {object} Manner
 * @property {boolean} [isOnePage] whether the phases of an exercise are one page, and what is in several of them stays
 * @property {(list: Element, cards: HTMLElement[], isNewList: boolean) => void} [insert] puts new cards, in the order of
 *   their numbers, into a list
 * @property {(stage: HTMLElement) => HTMLElement | null} [landing] where focus goes when what had it is gone
 */

/** @returns {number} */
export const shownVersion = () => Number(document.body.dataset.version);

export const stage = () => /** @type {HTMLElement} */ (document.getElementById("stage"));

/** The cards of a list, or of all. @returns {HTMLElement[]} */
export const cards = (list = "") =>
  /** @type {HTMLElement[]} */ ([
    ...document.querySelectorAll(`#stage [data-items${list && `="${list}"`}] > [data-number]`),
  ]);

/** @param {Element} card */
export const numberOf = (card) => Number(/** @type {HTMLElement} */ (card).dataset.number);

/**
 * Put what was pushed into the page, and say whether the stage was replaced as a whole.
 *
 * @param {Message} message
 * @param {Manner} [manner]
 */
export function patch(message, manner = {}) {
  if (message.version < shownVersion()) return false;
  document.body.dataset.version = String(message.version);
  const { fragments } = message;
  if (!fragments) return false;

  const before = stage().dataset.phase ?? "";
  const focused = document.activeElement;
  const hadFocus = stage().contains(focused);
  const around = partAround(focused);
  const isNewStage = fragments.stage != null && setStage(fragments.stage, fragments, manner);

  const isGone = (/** @type {string} */ id) =>
    fragments[id] === null || (message.full === true && !(id in fragments));
  const removed = cards().filter((card) => isGone(card.id));
  for (const card of [...removed, ...cards().filter(wasLeft)]) remove(card, manner);

  /** @type {Map<string, HTMLElement[]>} */
  const coming = new Map();
  for (const [id, html] of Object.entries(fragments)) {
    if (id === "stage" || html === null) continue;
    const next = parse(html);
    const shown = document.getElementById(id);
    if (shown) {
      move(shown, next.dataset.list);
      morph(shown, next);
    } else if (next.dataset.list) {
      const list = next.dataset.list;
      coming.set(list, [...(coming.get(list) ?? []), next]);
    }
  }
  const added = insert(coming, isNewStage, manner);

  const isSamePhase = stage().dataset.phase === before;
  if (hadFocus && !focused?.isConnected && !stage().contains(document.activeElement))
    land(manner, isSamePhase);
  if (around && !focused?.isConnected) reachable(around).focus({ preventScroll: true });
  /** @type {Patched} */
  const detail = {
    before,
    phase: stage().dataset.phase ?? "",
    isNewStage,
    added,
    removed: removed.map(numberOf),
  };
  document.dispatchEvent(new CustomEvent("patched", { detail }));
  return isNewStage;
}

/**
 * @param {(patched: Patched) => void} paint
 */
export function onPatched(paint) {
  document.addEventListener("patched", (event) =>
    paint(/** @type {CustomEvent<Patched>} */ (event).detail),
  );
}

/**
 * Another phase is another page; the same phase is only touched up. Says whether it was another.
 *
 * @param {string} html
 * @param {Record<string, string | null>} fragments
 * @param {Manner} manner
 */
function setStage(html, fragments, manner) {
  const shown = stage();
  const next = parse(html);
  const isSame = ["exercise", "kind", ...(manner.isOnePage ? [] : ["phase"])].every(
    (what) => shown.dataset[what] === next.dataset[what],
  );
  if (isSame) {
    for (const part of shown.querySelectorAll("[data-shared]")) {
      const theirs = next.querySelector(`#${part.id}`);
      if (theirs) morph(part, theirs);
    }
  }
  const kept = cards();
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  if (isSame) morph(shown, next);
  else shown.after(next);
  // A card that looks the same in both is not sent again, though its list may be another.
  for (const card of kept) {
    // What was held back or filtered out on the page before is not so on this one.
    if (!isSame) card.hidden = false;
    const list = (isSame ? shown : next).querySelector(`[data-items="${card.dataset.list}"]`);
    if (list && fragments[card.id] !== null && !list.contains(card)) put(list, card);
  }
  if (!isSame) shown.remove();
  // Whoever was at work in a card goes on there.
  if (!isSame && next.contains(focused)) focused?.focus({ preventScroll: true });
  return !isSame;
}

/** What is beside the stage and has its own fragment: focus stays in it. @param {Element | null} focused */
const partAround = (focused) =>
  stage().contains(focused)
    ? null
    : /** @type {HTMLElement | null} */ (focused?.parentElement?.closest("section[id]") ?? null);

/** @param {string | undefined} name */
const listOf = (name) => document.querySelector(`#stage [data-items="${name}"]`);

/** @param {Node} node */
const belongsToTheReader = (node) =>
  node instanceof Element && (node.hasAttribute("data-own") || node.hasAttribute("data-items"));

/** A field in which somebody is typing stays until they leave it. @param {Node} old */
function staysForNow(old) {
  if (!isBeingTyped(old)) return false;
  document.activeElement?.closest("form")?.setAttribute("data-left", "");
  return true;
}

/**
 * @param {Element} shown
 * @param {Element} next
 */
function morph(shown, next) {
  closeUp(shown);
  closeUp(next);
  Idiomorph.morph(shown, next, {
    callbacks: {
      beforeNodeMorphed: (old, theirs) => !belongsToTheReader(old) && !isTypedOver(old, theirs),
      beforeNodeRemoved: (old) => !staysForNow(old),
      // Whether a card is hidden is the reader's, too: they look for something, or have not asked for new ones yet. So is
      // whether it can have focus, what is chosen from a list, what is unfolded, and which column they have chosen.
      beforeAttributeUpdated: (name, element) =>
        name !== "selected" &&
        // One that is empty has just been made.
        !(name === "open" && element.hasChildNodes()) &&
        !(["hidden", "tabindex"].includes(name) && element.hasAttribute("data-number")) &&
        !(name === "tabindex" && element === document.activeElement) &&
        !(name === "checked" && element.matches("[type=radio]")),
    },
  });
}

/**
 * A card that changed its list goes to the end of the other, and whoever was at one of its buttons stays where they are.
 * Whoever is typing in it goes along.
 *
 * @param {HTMLElement} card
 * @param {string | undefined} name
 */
function move(card, name) {
  const list = card.dataset.list === name ? null : listOf(name);
  if (!list) return;
  const isAtWork = card.contains(document.activeElement) && !isBeingTyped(card);
  const stay = isAtWork ? neighbour(card) : null;
  put(list, card);
  if (stay) reachable(stay).focus({ preventScroll: true });
}

/**
 * Put a card at the end of a list without taking focus, caret or selection from what is in it, where browsers can do that.
 *
 * @param {Element} list
 * @param {HTMLElement} card
 */
function put(list, card) {
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  const mover = /** @type {{ moveBefore?: (node: Node, before: Node | null) => void }} */ (list);
  if (mover.moveBefore && card.isConnected) {
    mover.moveBefore(card, null);
    return;
  }
  list.append(card);
  if (focused && card.contains(focused)) focused.focus({ preventScroll: true });
}

/** A card that only stayed because somebody was typing in it. @param {HTMLElement} card */
const wasLeft = (card) => "left" in card.dataset && !isBeingTyped(card);

/**
 * @param {Map<string, HTMLElement[]>} coming
 * @param {boolean} isNewStage
 * @param {Manner} manner
 */
function insert(coming, isNewStage, manner) {
  const added = [];
  for (const [name, those] of coming) {
    const list = listOf(name);
    if (!list) continue;
    those.sort((a, b) => numberOf(a) - numberOf(b));
    if (manner.insert) manner.insert(list, those, isNewStage);
    else list.append(...those);
    added.push(...those);
  }
  return added;
}

/**
 * @param {HTMLElement} card
 * @param {Manner} manner
 */
function remove(card, manner) {
  if (isBeingTyped(card)) {
    card.dataset.left = "";
    return;
  }
  const hadFocus = card.contains(document.activeElement);
  const stay = neighbour(card);
  card.remove();
  if (!hadFocus) return;
  if (stay) reachable(stay).focus({ preventScroll: true });
  else land(manner, true);
}

/**
 * Where focus goes when a card leaves: the next one, or the one before, or the heading over them. The card and not its
 * button, so that a key that is pressed just then does nothing to another response.
 *
 * @param {HTMLElement} card
 */
function neighbour(card) {
  const others = cards().filter(
    (each) => each.parentElement === card.parentElement && !each.hidden,
  );
  const place = others.indexOf(card);
  const heading = card.closest("section")?.querySelector("h2, h3");
  return others[place + 1] ?? others[place - 1] ?? /** @type {HTMLElement | null} */ (heading);
}

/** Something to read, made to take focus from a script. @param {HTMLElement} element */
export function reachable(element) {
  element.tabIndex = -1;
  return element;
}

/**
 * @param {Manner} manner
 * @param {boolean} isSamePhase then what is on the screen stays there
 */
function land(manner, isSamePhase) {
  const landing =
    manner.landing?.(stage()) ??
    /** @type {HTMLElement | null} */ (stage().querySelector("h1[tabindex]")) ??
    document.getElementById("main");
  landing?.focus({ preventScroll: isSamePhase });
}
