// What all dialogs have in common.

import { fill } from './text.js';
import { $, onForget, once, report } from './view.js';

const clearers = new Map();

/** Opens a dialog with a title in which `{name}` stands for the name of a token. */
export function open(id, title, name = '') {
  fill($(id).querySelector('.title'), title, name);
  $(id).showModal();
}

/**
 * Prepares a dialog: its form runs `submit`, and after it closes, its form is reset, `clear` removes the rest, and `closed`
 * is told whether an error was shown.
 */
export function dialog(id, { submit, clear = () => {}, closed = () => {} }) {
  const element = $(id);
  onSubmit(element, submit);
  element.querySelector('.cancel')?.addEventListener('click', () => element.close());
  clearers.set(element, clear);
  element.addEventListener('close', () => {
    const failed = Boolean(element.querySelector('.error').textContent);
    empty(element);
    closed(failed);
  });
}

/** Runs the action, with the element for its error, when the form in this element is submitted. */
export function onSubmit(element, action) {
  const form = element.querySelector('form');
  const error = form.querySelector('.error');
  form.addEventListener('submit', event => {
    event.preventDefault();
    once(form, () => {
      error.textContent = '';
      return action(error);
    }).catch(failure => report(failure, [401], error));
  });
}

function empty(element) {
  element.querySelector('form').reset(); // clears plaintexts, too
  element.querySelector('.error').textContent = '';
  element.querySelector('.title')?.replaceChildren();
  clearers.get(element)();
}

onForget(() => {
  for (const element of clearers.keys()) {
    empty(element);
    element.close();
  }
});
