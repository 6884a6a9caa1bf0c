// Texts and times in the language of the page. A value never becomes markup.

import texts from './texts.js';

const language = document.documentElement.lang;
/** The language of the page as the browser's user writes it: with the date format of a country, for example. */
const locale = navigator.languages.find(one => one.split('-')[0] === language.split('-')[0]) ?? language;
const plurals = new Intl.PluralRules(language);
const relativeTime = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });

const MINUTE = 60; // seconds, as all of these
const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const MONTH = 30.44 * DAY;
const YEAR = 365.25 * DAY;

/** The units of relative times, each with the first distance that is written in a larger unit. */
const UNITS = [['minute', MINUTE, HOUR], ['hour', HOUR, 2 * DAY], ['day', DAY, 60 * DAY], ['month', MONTH, 2 * YEAR], ['year', YEAR, Infinity]];

export const number = value => value.toLocaleString(locale);
export const collator = new Intl.Collator(locale, { numeric: true });

/** Returns a name so that it cannot change the direction of the text around it. */
export const isolated = name => `\u2068${name}\u2069`;

/** Returns the text of this key with values instead of the words in braces. */
export function text(key, values = {}) {
  return texts[key].replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole));
}

/** Returns the text of this key in the plural form for this number. */
export function plural(key, count) {
  const form = `${key}.${plurals.select(count)}`;
  return text(form in texts ? form : `${key}.other`, { count: number(count) });
}

/** Puts a text with a name instead of `{name}` into an element. The name gets an element of its own, which isolates it. */
export function fill(element, pattern, name) {
  const [before, after] = pattern.split('{name}');
  if (after === undefined) {
    element.textContent = before;
    return;
  }
  const subject = document.createElement('bdi');
  subject.textContent = name;
  element.replaceChildren(before, subject, after);
}

export function relative(seconds) {
  const distance = seconds - Date.now() / 1000;
  if (Math.abs(distance) < MINUTE) {
    return relativeTime.format(0, 'second');
  }
  const [unit, length] = UNITS.find(([, each, end]) => Math.round(Math.abs(distance) / each) * each < end);
  return relativeTime.format(Math.round(distance / length), unit);
}

export function exact(seconds) {
  return new Date(seconds * 1000).toLocaleString(locale, { dateStyle: 'full', timeStyle: 'long' });
}

/** Shows a relative time with the exact one as a tooltip, or the other text if there is no time. */
export function showTime(element, seconds, otherwise) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) {
    element.replaceWith(otherwise);
    return;
  }
  element.dateTime = date.toISOString();
  element.title = exact(seconds);
  element.textContent = relative(seconds);
}

/** Updates the relative times in the page. */
export function refreshTimes() {
  for (const element of document.querySelectorAll('time[datetime]')) {
    element.textContent = relative(Date.parse(element.dateTime) / 1000);
  }
}

/** Returns a length of time such as "12 hours", in the largest unit in which it is a whole number. */
export function duration(seconds) {
  const units = { day: DAY, hour: HOUR, minute: MINUTE, second: 1 };
  const [unit, length] = Object.entries(units).find(([, each]) => seconds % each === 0);
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(seconds / length);
}
