/**
 * Changing a text under somebody's caret: it stays behind the word that they typed last, wherever that word is now.
 *
 * @typedef {{ at: number, text: string }} Word
 * @typedef {{ was: number, now: number, length: number }} Match where the same word is in both texts
 */

/** Beyond this many pairs of words there is no telling in time what is where. */
const MOST_PAIRS = 4_000_000;

/**
 * @param {HTMLTextAreaElement} field
 * @param {string} text
 */
export function replace(field, text) {
  const was = field.value;
  if (was === text) return;
  if (document.activeElement !== field) {
    field.value = text;
    return;
  }
  const { selectionStart, selectionEnd, scrollTop } = field;
  const words = inCommon(was, text);
  const start = follow(was, selectionStart, text, words);
  const end = follow(was, selectionEnd, text, words);
  const isTyping = selectionStart === selectionEnd;
  // A merge drops the space at the end of a line. Then the next word would run into the last one, or into a colleague's.
  const left = isTyping ? end.lost : "";
  const right = isTyping && isOpen(was, selectionEnd) && /\S/.test(text[end.at] ?? "") ? " " : "";
  field.value = text.slice(0, end.at) + left + right + text.slice(end.at);
  const caret = end.at + left.length;
  field.setSelectionRange(isTyping ? caret : start.at, caret);
  field.scrollTop = scrollTop;
}

/** Whether a line ends here in a space, so that another word is to come. @param {string} text @param {number} place */
const isOpen = (text, place) =>
  /[^\S\n]/.test(text[place - 1] ?? "") && [undefined, "\n"].includes(text[place]);

/**
 * Where a place in a text is once the text has changed: before the same word where it stood right before one; otherwise
 * behind the same word, and behind what is left of the space after it.
 *
 * @param {string} was
 * @param {number} place
 * @param {string} now
 * @param {Match[]} words
 */
function follow(was, place, now, words) {
  const next = words.find((each) => each.was === place);
  if (next) return { at: next.now, lost: "" };
  const word = words.filter((each) => each.was < place).at(-1) ?? { was: 0, now: 0, length: 0 };
  if (place <= word.was + word.length) return { at: word.now + place - word.was, lost: "" };
  const space = was.slice(word.was + word.length, place);
  const end = word.now + word.length;
  let kept = 0;
  while (kept < space.length && space[kept] === now[end + kept]) kept++;
  return { at: end + kept, lost: space.trim() === "" ? space.slice(kept) : "" };
}

/**
 * The words that two texts have in common, in order: a longest common subsequence.
 *
 * @param {string} was
 * @param {string} now
 * @returns {Match[]}
 */
function inCommon(was, now) {
  const [before, after] = [wordsOf(was), wordsOf(now)];
  const least = Math.min(before.length, after.length);
  let start = 0;
  while (start < least && before[start].text === after[start].text) start++;
  let end = 0;
  while (end < least - start && before.at(-1 - end)?.text === after.at(-1 - end)?.text) end++;
  const pairs = [
    ...before.slice(0, start).map((word, place) => [word, after[place]]),
    ...between(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...before
      .slice(before.length - end)
      .map((word, place) => [word, after[after.length - end + place]]),
  ];
  return pairs.map(([one, other]) => ({ was: one.at, now: other.at, length: one.text.length }));
}

/** @param {string} text @returns {Word[]} */
const wordsOf = (text) =>
  [...text.matchAll(/\S+/g)].map((found) => ({ at: found.index ?? 0, text: found[0] }));

/**
 * @param {Word[]} before
 * @param {Word[]} after
 * @returns {[Word, Word][]}
 */
function between(before, after) {
  if (before.length * after.length > MOST_PAIRS) return [];
  // How many pairs there are from these two places on.
  const width = after.length + 1;
  const counts = new Uint16Array((before.length + 1) * width);
  for (let one = before.length - 1; one >= 0; one--) {
    for (let other = after.length - 1; other >= 0; other--) {
      const here = one * width + other;
      counts[here] =
        before[one].text === after[other].text
          ? counts[here + width + 1] + 1
          : Math.max(counts[here + width], counts[here + 1]);
    }
  }
  /** @type {[Word, Word][]} */
  const pairs = [];
  let [one, other] = [0, 0];
  while (one < before.length && other < after.length) {
    const here = one * width + other;
    if (before[one].text === after[other].text) pairs.push([before[one++], after[other++]]);
    else if (counts[here + width] >= counts[here + 1]) one++;
    else other++;
  }
  return pairs;
}
