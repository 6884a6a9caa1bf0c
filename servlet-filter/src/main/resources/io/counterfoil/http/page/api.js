// Calls of the token API. The token that the user signs in with is kept only in the variable `token`.

import { text } from './text.js';

export const api = document.documentElement.dataset.api;
const REQUEST_TIMEOUT = 30_000; // milliseconds

let token = ''; // empty: requests are authenticated only by the host's cookies
let session = new AbortController(); // cancels pending requests when the user signs out or leaves

export class Failure extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

/** The login of the site answers instead of the API. */
export class LoginNeeded extends Failure {
  constructor() {
    super('', 401);
  }
}

export const hasToken = () => token !== '';

export function useToken(presented) {
  token = presented;
}

/** Cancels all requests and forgets the token. */
export function endSession() {
  session.abort();
  session = new AbortController();
  token = '';
}

/** Sends a GET, or a POST if there is a body, and returns the `obj` of the response. Throws a Failure for an error. */
export async function call(path, body) {
  return (await send(path, body)).obj;
}

/** Returns one page of the list and, if more tokens follow, the id after which the next page begins. */
export async function listPage(query, limit, signal) {
  const { obj, response } = await send(`?${new URLSearchParams({ ...query, limit })}`, undefined, signal);
  const link = /<([^>]*)>; *rel="?next/.exec(response.headers.get('Link') ?? '');
  // Another origin may hide the header: then a full page is taken to have a successor.
  const hidden = !link && response.type === 'cors' && obj.length === limit;
  return { tokens: obj, after: hidden ? String(obj.at(-1).id) : link && new URLSearchParams(link[1].split('?')[1]).get('after') };
}

async function send(path, body, cancelled = session.signal) {
  const { signal } = session;
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  if (body) {
    headers['Content-Type'] = 'application/json';
  }
  try {
    const response = await fetch(api + path, {
      method: body ? 'POST' : 'GET',
      headers,
      body: body && JSON.stringify(body),
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.any([signal, cancelled, AbortSignal.timeout(REQUEST_TIMEOUT)]),
    });
    const answer = await response.text();
    if (response.type === 'opaqueredirect' || (response.ok && /^\s*</.test(answer))) {
      throw new LoginNeeded(); // a redirect to a login, or the page of a login
    }
    return { obj: result(response, parsed(answer)), response };
  } catch (failure) {
    signal.throwIfAborted();
    cancelled.throwIfAborted();
    throw failure instanceof Failure ? failure : new Failure(text('failure.no-answer'));
  }
}

/** Keeps ids as strings if the browser supports it: they may be too large for an exact number. */
function parsed(answer) {
  try {
    return JSON.parse(answer, (key, value, context) => (key === 'id' && context?.source) || value) ?? {};
  } catch {
    return {};
  }
}

/** Returns ids as JSON numbers of any size in the body of a request. */
export function withIds(ids) {
  const raw = JSON.rawJSON ?? Number;
  return { ids: ids.map(id => raw(String(id))) };
}

function result(response, { success, msg, obj }) {
  if (response.ok && success === true) {
    return obj;
  }
  const seconds = response.headers.get('Retry-After');
  const message = typeof msg === 'string' ? msg : text('failure.no-message', { status: response.status });
  throw new Failure(seconds ? text('failure.wait', { message, seconds }) : message, response.status);
}
