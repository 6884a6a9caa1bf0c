// The views: one of loading, sign-in and tokens, and a problem above it if there is one.

import { endSession, hasToken, LoginNeeded } from './api.js';

export const $ = id => document.getElementById(id);

const forgetters = [];

/** Registers a function that removes tokens or plaintexts from the page when the user signs out or leaves. */
export function onForget(action) {
  forgetters.push(action);
}

/** Removes the token, plaintexts and the list from the page. */
export function forget() {
  endSession();
  $('key').value = '';
  problem('');
  forgetters.forEach(action => action());
}

export function show(view) {
  for (const id of ['loading', 'sign-in', 'tokens']) {
    $(id).hidden = id !== view;
  }
  $('sign-out').hidden = !hasToken() || view === 'sign-in';
}

export function problem(message) {
  $('problem').hidden = !message;
  $('problem-text').textContent = message;
}

/** Shows an error: on the sign-in form for these statuses, else in the given element, else above the list. */
export function report(failure, signInStatuses = [401], element = undefined) {
  if (failure.name === 'AbortError') {
    return; // the user has signed out or left, or a later request has replaced this one
  }
  if (signInStatuses.includes(failure.status)) {
    askToSignIn(hasToken() || failure.status === 403 ? failure.message : '', failure instanceof LoginNeeded);
  } else if (element && element.closest('dialog')?.open !== false) {
    element.textContent = failure.message;
  } else {
    $('loading').hidden = true;
    problem(failure.message);
  }
}

/** Shows the sign-in form and, if the site has a login, a link that reloads this page, so that the login can answer it. */
export function askToSignIn(message, hasLogin = false) {
  forget();
  $('login').hidden = !hasLogin;
  show('sign-in');
  $('sign-in').querySelector('.error').textContent = message;
  $(hasLogin ? 'log-in' : 'key').focus();
}

/** Runs the action unless it is already running. The element stays enabled, because a disabled one loses the focus. */
export async function once(element, action) {
  if (element.ariaBusy !== 'true') {
    element.ariaBusy = 'true';
    try {
      await action();
    } finally {
      element.ariaBusy = 'false';
    }
  }
}

/** Runs the action when the element is clicked, and reports its failure. */
export function onClick(id, action) {
  $(id).addEventListener('click', () => once($(id), action).catch(failure => report(failure)));
}
