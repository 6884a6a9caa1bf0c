// The field for the expiry of a token. It offers only lifetimes that the server allows.

import { DAY, duration, exact, text } from './text.js';
import { $ } from './view.js';

const maxLifetime = Number(document.documentElement.dataset.maxLifetime) || Infinity; // seconds
const unchanged = new Option('', 'keep');

/** Returns the lifetime or, for a date, its end. The clock of the server counts a lifetime: it may differ from this one. */
export function expiry() {
  const chosen = $('expiry').value;
  if (chosen === 'keep') {
    return {};
  }
  return chosen === 'date'
    ? { expiresAt: Math.floor(new Date(`${$('day').value}T23:59:59`) / 1000) }
    : chosen ? { expiresIn: Number(chosen) } : { expiresAt: null };
}

/** Prepares the field: for a stored token, its present expiry is the first choice. */
export function offerExpiry(entry = undefined) {
  limitDay();
  unchanged.remove();
  if (entry) {
    unchanged.text = text('field.expiry.keep', { time: entry.expiresAt ? exact(entry.expiresAt) : text('row.never') });
    $('expiry').add(unchanged, 0);
    unchanged.selected = true;
  }
}

/** Removes the lifetimes that the server does not allow, and adds the longest one that it allows. */
function limitLifetimes() {
  if (maxLifetime === Infinity) {
    return;
  }
  const options = $('expiry').options;
  for (const option of [...options]) {
    const never = option.value === '';
    const noFullDay = option.value === 'date' && maxLifetime < DAY;
    if (never || noFullDay || Number(option.value) > maxLifetime) {
      option.remove();
    }
  }
  const usual = [...options].find(option => option.defaultSelected);
  let longest = [...options].find(option => Number(option.value) === maxLifetime);
  if (!longest) {
    longest = new Option(text('field.expiry.in', { duration: duration(maxLifetime) }), maxLifetime);
    $('expiry').add(longest, [...options].find(option => option.value === 'date') ?? null);
  }
  (usual ?? longest).defaultSelected = true;
  (usual ?? longest).selected = true;
}

/** Limits the date to the days that end within the longest lifetime. */
function limitDay() {
  if (maxLifetime < Infinity) {
    const last = new Date(Date.now() + (maxLifetime - DAY + 1) * 1000);
    $('day').max = new Date(last - last.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  }
}

limitLifetimes();
