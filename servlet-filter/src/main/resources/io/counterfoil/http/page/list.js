// The list: one page of the tokens that match the filters.

import { call, listPage } from './api.js';
import { choose, chosenOrder, filters, state } from './filters.js';
import { row } from './row.js';
import { number, plural, text } from './text.js';
import { $, onForget, problem, report, show } from './view.js';

const PAGE = 100; // rows on one page
const REQUEST = 500; // tokens in one response, if all are needed: the most that the API sends
const SORTABLE = 20_000; // tokens that are loaded to be sorted
const FEW = 5; // tokens that need no filters

let request = new AbortController(); // the last one that asked for the list
let starts = ['0']; // the ids after which the pages begin, as far as they are known
let index = 0; // of the page that is shown
let only; // the id of the token that is shown alone, if there is one
let shown = new Map(); // the tokens on the page by id

/** Returns the token on this page with that id. */
export const shownToken = id => shown.get(id);

/** Discards a list that is still expected. */
export function cancelList() {
  request.abort();
  request = new AbortController();
  $('tokens').ariaBusy = 'false';
}

/** Loads and shows the first page. */
export function loadFirst() {
  starts = ['0'];
  index = 0;
  only = undefined;
  return load();
}

/** Loads and shows one token alone. */
export function loadOnly(id) {
  choose({});
  index = 0;
  only = id;
  return load();
}

export function turnPage(step) {
  index += step;
  return load();
}

/** Loads and shows the present page again, with a message about the last change. */
export async function load(message = '') {
  problem('');
  if ($('sign-in').hidden && $('tokens').hidden) {
    show('loading');
  }
  cancelList();
  const { signal } = request;
  $('tokens').ariaBusy = 'true';
  try {
    const found = await part(signal);
    if (signal.aborted) {
      return;
    }
    if (found.tokens.length === 0 && index > 0) {
      index--;
      await load(message); // the last token on the last page is gone
      return;
    }
    render(found, message);
    show('tokens');
  } catch (failure) {
    if (!signal.aborted) {
      report(failure, [401, 403, 404]); // 403: other credentials may be allowed to list; 404: the API may hide its existence
    }
  } finally {
    if (!signal.aborted) {
      $('tokens').ariaBusy = 'false';
    }
  }
}

function part(signal) {
  return only ? onlyPart() : chosenOrder() ? sortedPart(signal) : nextPart(signal);
}

async function onlyPart() {
  try {
    return { tokens: [await call(`/${only}`)], more: false };
  } catch (failure) {
    if (failure.status === 404) {
      return { tokens: [], more: false }; // it was deleted meanwhile
    }
    throw failure;
  }
}

/** Loads one page in the order of the server. */
async function nextPart(signal) {
  const after = starts[index];
  const page = await listPage(index === 0 ? filters() : { ...filters(), after }, PAGE, signal);
  starts.length = index + 1;
  if (page.after) {
    starts.push(page.after);
  }
  return { tokens: page.tokens, more: Boolean(page.after), total: page.after ? undefined : index * PAGE + page.tokens.length };
}

/** Loads all tokens that match, and returns the part of them that belongs on this page. */
async function sortedPart(signal) {
  const all = [];
  let after;
  do {
    const page = await listPage(after ? { ...filters(), after } : filters(), REQUEST, signal);
    all.push(...page.tokens);
    after = page.after;
    if (after) {
      note(plural('list.loaded', all.length));
    }
  } while (after && all.length < SORTABLE);
  const start = index * PAGE;
  return {
    tokens: chosenOrder()(all).slice(start, start + PAGE),
    more: start + PAGE < all.length,
    total: all.length,
    cut: Boolean(after),
  };
}

function render({ tokens, more, total, cut = false }, message) {
  const focused = document.activeElement.id;
  const checked = new Set(selectedIds());
  shown = new Map(tokens.map(entry => [String(entry.id), entry]));
  $('rows').replaceChildren(...tokens.map(entry => row(entry, checked.has(String(entry.id)))));
  arrange(tokens, more);
  showRange(tokens.length, more, total);
  note(cut ? text('list.limit', { count: number(SORTABLE) }) : '');
  if (message) {
    $('status').textContent = message;
  }
  $('rows').dispatchEvent(new Event('change', { bubbles: true })); // the selection
  if (focused) { // what had the focus may be replaced or hidden now
    ($(focused)?.checkVisibility() ? $(focused) : $('new')).focus();
  }
}

/** Shows what this list needs: columns, filters, and what to do if it is empty. */
function arrange(tokens, more) {
  const filtered = only !== undefined || Object.keys(filters()).length > 0;
  $('table').hidden = tokens.length === 0;
  $('empty').hidden = tokens.length > 0 || filtered;
  $('none').hidden = tokens.length > 0 || !filtered;
  $('reset').hidden = !filtered;
  if (filtered || more || tokens.length > FEW) { // and from now on, so that the page does not move
    $('filters').hidden = false;
    $('tokens').classList.add('many');
  }
  if (new Set(tokens.map(({ owner }) => owner)).size > 1) {
    $('tokens').classList.add('owners');
  }
  $('selection').hidden = $('filters').hidden || (tokens.length === 0);
  $('delete-expired').hidden = state() !== 'expired' || tokens.length === 0;
}

function showRange(count, more, total) {
  const single = index === 0 && !more;
  const [from, to] = [index * PAGE + 1, index * PAGE + count].map(number);
  const range = total === undefined ? text('list.range', { from, to }) : text('list.range-of', { from, to, count: number(total) });
  $('status').textContent = single ? plural('list.count', count) : range;
  $('range').textContent = range;
  $('pages').hidden = single;
  turnable('previous', index > 0);
  turnable('next', more);
}

/** A button that has the focus is not disabled, because it would lose the focus. */
function turnable(id, possible) {
  $(id).ariaDisabled = String(!possible);
}

function note(message) {
  $('note').hidden = !message;
  $('note').textContent = message;
}

const boxes = which => [...$('rows').querySelectorAll(`.select${which}`)];

/** Returns the ids of the tokens on this page that the user has selected. */
export const selectedIds = () => boxes(':checked').map(box => box.value);

export function selectAll(selected) {
  boxes('').forEach(box => { box.checked = selected; });
}

export const allSelected = () => boxes('').length > 0 && boxes(':not(:checked)').length === 0;

onForget(() => {
  cancelList();
  shown = new Map();
  starts = ['0'];
  index = 0;
  only = undefined;
  $('rows').replaceChildren();
  $('status').textContent = '';
  $('filters').reset();
  choose({});
  $('filters').hidden = true;
  $('tokens').classList.remove('many', 'owners');
});
