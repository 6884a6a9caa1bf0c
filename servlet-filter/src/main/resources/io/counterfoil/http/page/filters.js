// Search, filters and the order of the list.

import { collator, DAY } from './text.js';
import { $ } from './view.js';

/** How long before its expiry a token is shown as one that expires soon, in seconds. */
export const SOON = 14 * DAY;
const UNUSED = 90 * DAY;
const TYPING_PAUSE = 250; // milliseconds

const FIELDS = ['search', 'state', 'scope', 'owner'];

let applied = values(); // the last values for which the list was requested

const now = () => Math.floor(Date.now() / 1000);

const STATES = {
  enabled: () => ({ enabled: true, expired: false }), // as in the column, in which an expired token is not enabled
  disabled: () => ({ enabled: false }),
  expiring: () => ({ expiringWithin: SOON }),
  expired: () => ({ expired: true }),
  unused: () => ({ unusedSince: now() - UNUSED }),
};

const byName = (a, b) => collator.compare(a.name, b.name);
const byUse = (a, b) => (a.lastUsedAt ?? 0) - (b.lastUsedAt ?? 0);

/** Orders other than that of the ids, which the server uses. */
const ORDERS = {
  newest: tokens => tokens.reverse(),
  name: tokens => tokens.sort(byName),
  owner: tokens => tokens.sort((a, b) => collator.compare(a.owner ?? '', b.owner ?? '') || byName(a, b)),
  expires: tokens => tokens.sort((a, b) => (a.expiresAt ?? Infinity) - (b.expiresAt ?? Infinity) || byName(a, b)),
  used: tokens => tokens.sort((a, b) => byUse(b, a)),
  unused: tokens => tokens.sort(byUse),
};

/** Returns how the user wants the tokens to be ordered, or undefined for the order of the server. */
export const chosenOrder = () => ORDERS[$('sort').value];

export const state = () => $('state').value;

/** Returns the parameters of the API for the chosen filters. */
export function filters() {
  const typed = ['search', 'scope', 'owner'].map(id => [id, $(id).value.trim()]);
  return { ...Object.fromEntries(typed.filter(([, value]) => value)), ...STATES[state()]?.() };
}

/** Chooses exactly these filters, such as `{search: 'ci'}`. */
export function choose(chosen) {
  for (const id of FIELDS) {
    $(id).value = chosen[id] ?? '';
  }
  applied = values();
}

/**
 * Runs the action after each change: when the user pauses typing in the search, otherwise after a choice or Enter, because
 * half a scope or owner matches nothing.
 */
export function onFilter(action) {
  let pause;
  const changed = () => {
    clearTimeout(pause);
    if (values() !== applied) {
      applied = values();
      action();
    }
  };
  $('search').addEventListener('input', () => {
    clearTimeout(pause);
    pause = setTimeout(changed, TYPING_PAUSE);
  });
  $('filters').addEventListener('change', changed);
  $('filters').addEventListener('submit', event => {
    event.preventDefault();
    changed();
  });
}

function values() {
  return JSON.stringify([...FIELDS, 'sort'].map(id => $(id).value.trim()));
}
