// The management page: shows what the token API says, and asks it for what a person wants.
//
// Texts from outside become text nodes or attributes, never markup. The token that the person signs in with is in `token`
// and nowhere else; a plaintext is in the one dialog that shows it, until that closes.

const api = document.documentElement.dataset.api;
const PATIENCE = 30_000; // milliseconds

let token = ''; // none: the host's own cookies, if it has any, are all there is
let session = new AbortController(); // ends what is under way when the person signs out or leaves
let subject; // the token that a dialog is about
let lists = 0; // that were asked for: none but the last is shown
let mayClose = true; // false while a plaintext is shown that nobody has copied

const $ = id => document.getElementById(id);
const quoted = name => `“\u2068${name}\u2069”`; // isolated, so that it cannot turn the text around it

// The API

class Failure extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

/** Returns what the API answers to a GET, or to a POST if there is a body; throws a Failure if it does not do as asked. */
async function call(path, body) {
  const { signal } = session;
  const headers = token ? { Authorization: `Bearer ${token}` } : {};
  if (body) {
    headers['Content-Type'] = 'application/json';
  }
  try {
    const answer = await fetch(api + path, {
      method: body ? 'POST' : 'GET',
      headers,
      body: body && JSON.stringify(body),
      cache: 'no-store',
      redirect: 'error',
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE)]),
    });
    return result(answer, parsed(await answer.text()));
  } catch (failure) {
    signal.throwIfAborted();
    throw failure instanceof Failure ? failure : new Failure('The server does not answer.');
  }
}

/** Numbers of ids stay texts where the browser can do that: they may be larger than a number is exact. */
function parsed(text) {
  try {
    return JSON.parse(text, (key, value, context) => (key === 'id' && context?.source) || value) ?? {};
  } catch {
    return {};
  }
}

function result(answer, { success, msg, obj }) {
  if (answer.ok && success === true) {
    return obj;
  }
  const wait = answer.headers.get('Retry-After');
  const message = typeof msg === 'string' ? msg : `The server answered ${answer.status}, and did not say why.`;
  throw new Failure(wait ? `${message} (in ${wait} seconds)` : message, answer.status);
}

// What is to be seen: one of loading, sign-in and tokens; and a problem above it, if there is one

function show(view) {
  for (const id of ['loading', 'sign-in', 'tokens']) {
    $(id).hidden = id !== view;
  }
  $('sign-out').hidden = !token || view === 'sign-in';
}

function problem(text) {
  $('problem').hidden = !text;
  $('problem-text').textContent = text;
}

/** Gets the list and shows it, with a word on what was done before. */
async function load(said = '') {
  problem('');
  if ($('sign-in').hidden && $('tokens').hidden) {
    show('loading');
  }
  $('tokens').ariaBusy = 'true';
  const list = ++lists;
  try {
    const tokens = await call('');
    if (list !== lists) {
      return;
    }
    render(tokens);
    show('tokens');
    $('status').textContent = said || (tokens.length === 1 ? '1 token' : `${tokens.length} tokens`);
  } catch (failure) {
    if (list === lists) {
      report(failure, [401, 403, 404]); // who may not even list, or is not told that there is a list, is to sign in
    }
  } finally {
    $('tokens').ariaBusy = 'false';
  }
}

/** Says what went wrong, where the person is looking. */
function report(failure, strange = [401], place = undefined) {
  if (failure.name === 'AbortError') {
    return; // by a person who no longer looks
  }
  if (strange.includes(failure.status)) {
    askToSignIn(token || failure.status === 403 ? failure.message : '');
  } else if (place && place.closest('dialog')?.open !== false) {
    place.textContent = failure.message;
  } else {
    $('loading').hidden = true;
    problem(failure.message);
  }
}

function askToSignIn(message) {
  forget();
  show('sign-in');
  $('sign-in').querySelector('.error').textContent = message;
  $('key').focus();
}

/** Leaves nothing of the token, of plaintexts and of the list in the page. */
function forget() {
  session.abort();
  session = new AbortController();
  token = '';
  $('key').value = '';
  $('rows').replaceChildren();
  problem('');
  for (const dialog of document.querySelectorAll('dialog')) {
    clear(dialog);
    dialog.close();
  }
}

// The list

function render(tokens) {
  const focused = document.activeElement.id;
  $('rows').replaceChildren(...tokens.map(row));
  $('table').hidden = tokens.length === 0;
  $('empty').hidden = tokens.length > 0;
  if (focused && document.activeElement.id !== focused) {
    ($(focused) ?? $('new')).focus(); // the rows are new, the person is where they were
  }
}

function row(entry) {
  const tr = $('row').content.firstElementChild.cloneNode(true);
  const at = name => tr.querySelector(`.${name}`);
  const expired = entry.expiresAt * 1000 <= Date.now();

  at('name').textContent = entry.name;
  at('limits').textContent = limits(entry);
  at('word').textContent = expired ? 'Expired' : entry.enabled ? 'Enabled' : 'Disabled';
  tr.classList.toggle('off', expired || !entry.enabled);
  time(at('created'), entry.createdAt, '–');
  time(at('expires'), entry.expiresAt, 'Never');
  time(at('used'), entry.lastUsedAt, 'Never');

  at('switch').ariaChecked = String(entry.enabled);
  button(at('switch'), `switch-${entry.id}`, `Enabled: ${entry.name}`, () => toggle(entry));
  button(at('rotate'), `rotate-${entry.id}`, `Rotate ${entry.name}`, () => openRotation(entry));
  button(at('delete'), `delete-${entry.id}`, `Delete ${entry.name}`, () => open('delete', entry));
  return tr;
}

function limits({ owner, scopes = [], allowedAddresses = [] }) {
  const parts = [scopes.join(' '), allowedAddresses.length > 0 && `from ${allowedAddresses.join(', ')}`];
  return [owner && `owner ${quoted(owner)}`, ...parts].filter(Boolean).join(' · ');
}

function time(element, seconds, otherwise) {
  const date = new Date(seconds * 1000);
  if (Number.isNaN(date.getTime())) {
    element.replaceWith(otherwise);
    return;
  }
  element.dateTime = date.toISOString();
  element.title = date.toLocaleString(undefined, { dateStyle: 'full', timeStyle: 'long' });
  element.textContent = date.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'short' });
}

function button(element, id, label, action) {
  element.id = id;
  element.ariaLabel = label;
  element.addEventListener('click', () => once(element, action).catch(failure => report(failure)));
}

/** Does it, unless it is being done. The element stays enabled, since one that is not loses the focus. */
async function once(element, action) {
  if (element.ariaBusy !== 'true') {
    element.ariaBusy = 'true';
    try {
      await action();
    } finally {
      element.ariaBusy = 'false';
    }
  }
}

async function toggle({ id, name, enabled }) {
  problem('');
  await call(`/setEnabled/${id}`, { enabled: !enabled });
  await load(`${quoted(name)} is ${enabled ? 'disabled' : 'enabled'}.`);
}

// The dialogs

function open(id, about) {
  const dialog = $(id);
  subject = about;
  for (const name of dialog.querySelectorAll('.subject')) {
    name.textContent = about.name;
  }
  dialog.showModal();
}

/** Of a token that is off, the old plaintext may be in wrong hands: it is not to come back with the token. */
function openRotation(entry) {
  $('overlap').value = entry.enabled ? '3600' : '0';
  open('rotate', entry);
}

function clear(dialog) {
  dialog.querySelector('form').reset(); // the plaintext too
  for (const text of dialog.querySelectorAll('.error, .subject')) {
    text.textContent = '';
  }
  askForDay();
}

function askForDay() {
  const wanted = $('expiry').value === 'date';
  $('day-field').hidden = !wanted;
  $('day').required = wanted;
}

/** Shows a plaintext. The list waits until it is gone: one that is refused leads to the sign-in, and would take it away. */
function showPlaintext({ token: plaintext, name }) {
  lists++;
  mayClose = false;
  $('plaintext').value = plaintext;
  open('shown', { name });
}

async function copy() {
  const said = $('shown').querySelector('.error');
  try {
    await navigator.clipboard.writeText($('plaintext').value);
  } catch { // no permission; or no clipboard, which browsers have for pages of HTTPS and of this machine only
    $('plaintext').select();
    if (!document.execCommand('copy')) {
      said.textContent = 'The browser does not copy it. It is selected: copy it by hand.';
      return;
    }
  }
  mayClose = true;
  said.textContent = 'Copied.';
}

function expiry() {
  const chosen = $('expiry').value;
  const end = chosen === 'date' ? new Date(`${$('day').value}T23:59:59`) : new Date(Date.now() + chosen * 86_400_000);
  return chosen ? Math.floor(end / 1000) : undefined;
}

/** Returns the words of a field, or nothing where there are none: to the API, an empty list is a mistake. */
function words(field, word = /\S+/g) {
  return field.value.match(word) ?? undefined;
}

const submit = {
  async create(dialog) {
    const created = await call('/create', {
      name: $('name').value,
      expiresAt: expiry(),
      scopes: words($('scopes')),
      allowedAddresses: words($('addresses'), /[^\s,]+/g),
    });
    dialog.close();
    showPlaintext(created);
  },

  async rotate(dialog) {
    const rotated = await call(`/rotate/${subject.id}`, { overlapSeconds: Number($('overlap').value) });
    dialog.close();
    showPlaintext(rotated);
  },

  async delete(dialog) {
    const { id, name } = subject;
    await call(`/delete/${id}`, {});
    dialog.close();
    await load(`${quoted(name)} is deleted.`);
  },

  async shown(dialog) {
    dialog.close();
  },

  async 'sign-in'(section, error) {
    const presented = $('key').value.trim();
    if (!/^[!-~]+$/.test(presented)) {
      error.textContent = 'This is not an API token.';
      return;
    }
    $('key').value = '';
    token = presented;
    await load();
    if (!$('tokens').hidden) {
      $('new').focus();
    }
  },
};

for (const [id, action] of Object.entries(submit)) {
  const form = $(id).querySelector('form');
  const error = form.querySelector('.error');
  form.addEventListener('submit', event => {
    event.preventDefault();
    once(form, () => {
      error.textContent = '';
      return action($(id), error);
    }).catch(failure => report(failure, [401], error));
  });
}

for (const dialog of document.querySelectorAll('dialog')) {
  dialog.querySelector('.cancel')?.addEventListener('click', () => dialog.close());
  dialog.addEventListener('close', () => {
    const outdated = dialog.id === 'shown' || dialog.querySelector('.error').textContent;
    clear(dialog);
    if (outdated && !$('tokens').hidden) {
      load();
    }
  });
}

$('shown').addEventListener('cancel', event => {
  if (!mayClose) {
    event.preventDefault();
    mayClose = true;
    $('shown').querySelector('.error').textContent = 'Not copied yet. Press Escape once more to close all the same.';
  }
});

$('expiry').addEventListener('change', askForDay);
$('new').addEventListener('click', () => open('create', { name: '' }));
$('copy').addEventListener('click', copy);
$('retry').addEventListener('click', () => load());
$('sign-out').addEventListener('click', () => askToSignIn(''));

// A page that the browser keeps for the way back must not keep what it knew.
addEventListener('pagehide', () => {
  forget();
  show('loading');
});
addEventListener('pageshow', event => event.persisted && load());

load();
