/**
 * The sentences that scripts say, in the reader's language. They come with the page, from the same catalogue as its own.
 *
 * A sentence that counts comes in a few wordings, each under a sample number, because languages differ in how they count
 * (Welsh has six forms): a number takes the wording of the sample that the reader's language counts alike, or else the one
 * under 100.
 *
 * @typedef {string | Record<string, string>} Sentence
 */

import { shown } from "./locale.js";

/** @type {Record<string, Sentence>} */
const words = Object.assign(
  {},
  ...[...document.querySelectorAll("script#words, script.words")].map((each) =>
    JSON.parse(each.textContent ?? "{}"),
  ),
);

const counting = new Intl.PluralRules(document.documentElement.lang || undefined);

/**
 * @param {string} key
 * @param {Record<string, string | number>} [values] what stands for each {name}
 * @returns {string}
 */
export function sentence(key, values = {}) {
  const wording = words[key];
  return fill(typeof wording === "string" ? wording : key, values);
}

/**
 * A sentence that counts `num` of something.
 *
 * @param {string} key
 * @param {number} num
 * @param {Record<string, string | number>} [values]
 * @returns {string}
 */
export function counted(key, num, values = {}) {
  const wordings = words[key];
  if (typeof wordings !== "object") return key;
  const kind = counting.select(num);
  const alike = Object.keys(wordings).find((sample) => counting.select(Number(sample)) === kind);
  return fill(wordings[num] ?? wordings[alike ?? 100], { num, ...values });
}

/**
 * Numbers are counts here. What a number only names, such as a response, is given as a text.
 *
 * @param {string} wording
 * @param {Record<string, string | number>} values
 */
function fill(wording, values) {
  return wording.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return typeof value === "number" ? shown(value) : (value ?? whole);
  });
}
