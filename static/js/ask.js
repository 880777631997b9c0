/**
 * Asking the server over HTTP, in JSON: docs/protocol.md.
 *
 * @typedef {{ code: string, message: string }} Problem
 * @typedef {{ status: number, ok?: boolean, message?: string, error?: Problem } & Record<string, any>} Answer
 */

const PATIENCE = 8000;

/** Codes that say nothing against what was asked: ask again later. */
const PASSING = new Set(["busy", "fault", "too_many"]);

/** @param {Problem | undefined} problem */
export const passes = (problem) => problem !== undefined && PASSING.has(problem.code);

/**
 * @param {string} path
 * @param {Record<string, string> | FormData} fields
 */
export function post(path, fields) {
  const body = new URLSearchParams();
  const entries = fields instanceof FormData ? fields : Object.entries(fields);
  for (const [name, value] of entries) if (typeof value === "string") body.append(name, value);
  return ask(path, { method: "POST", body });
}

/**
 * As parts, which takes a third of the room where a text is not in Latin letters.
 *
 * @param {string} path
 * @param {Record<string, string>} fields
 * @param {RequestInit} [init]
 */
export function postParts(path, fields, init = {}) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) body.append(name, value);
  return ask(path, { method: "POST", body, ...init });
}

/**
 * @param {string} path
 * @param {unknown} data
 */
export function postJson(path, data) {
  return ask(path, {
    method: "POST",
    body: JSON.stringify(data),
    headers: { "Content-Type": "application/json" },
  });
}

/** @param {string} path */
export const get = (path) => ask(path, {});

/**
 * Rejects where no answer of ours came back: no network, a proxy's error page, the sign-in page of a hotel's wifi.
 *
 * @param {string} path
 * @param {RequestInit} init
 * @returns {Promise<Answer>}
 */
async function ask(path, init) {
  const token = document.querySelector('meta[name="csrf-token"]')?.getAttribute("content") ?? "";
  // Not AbortSignal.timeout: Safari has it only since 16.
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), PATIENCE);
  try {
    const answer = await fetch(path, {
      ...init,
      headers: {
        Accept: "application/json",
        "X-CSRFToken": token,
        "X-Language": document.documentElement.lang,
        ...init.headers,
      },
      signal: stop.signal,
      cache: "no-store",
    });
    return { ...(await answer.json()), status: answer.status };
  } finally {
    clearTimeout(timer);
  }
}
