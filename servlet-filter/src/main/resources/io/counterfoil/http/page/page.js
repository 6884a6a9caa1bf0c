// The management page: lists, creates, enables, disables, rotates and deletes tokens through the token API.
//
// Text from the server becomes text nodes or attributes, never markup. The token that the user signs in with is kept only
// in the variable `token`. A plaintext is kept only in the dialog that shows it, until that dialog closes.

const api = document.documentElement.dataset.api;
const maxLifetime = Number(document.documentElement.dataset.maxLifetime) || Infinity; // seconds
const DAY = 86_400; // seconds
const REQUEST_TIMEOUT = 30_000; // milliseconds

let token = ''; // empty: requests are authenticated only by the host's cookies
let session = new AbortController(); // cancels pending requests when the user signs out or leaves
let subject; // the token that the open dialog is about
let lists = 0; // number of list requests: only the result of the last one is shown
let mayClose = true; // false while a plaintext that was not copied yet is shown

const $ = id => document.getElementById(id);
const quoted = name => `“\u2068${name}\u2069”`; // isolated, so that it cannot change the direction of the text around it

// The API

class Failure extends Error {
  constructor(message, status = 0) {
    super(message);
    this.status = status;
  }
}

/** The login of the site answers instead of the API. */
class LoginNeeded extends Failure {
  constructor() {
    super('', 401);
  }
}

/** Sends a GET, or a POST if there is a body, and returns the `obj` of the response. Throws a Failure for an error. */
async function call(path, body) {
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
      signal: AbortSignal.any([signal, AbortSignal.timeout(REQUEST_TIMEOUT)]),
    });
    const text = await response.text();
    if (response.type === 'opaqueredirect' || (response.ok && /^\s*</.test(text))) {
      throw new LoginNeeded(); // a redirect to a login, or the page of a login
    }
    return result(response, parsed(text));
  } catch (failure) {
    signal.throwIfAborted();
    throw failure instanceof Failure ? failure : new Failure('The server does not answer.');
  }
}

/** Keeps ids as strings if the browser supports it: they may be too large for an exact number. */
function parsed(text) {
  try {
    return JSON.parse(text, (key, value, context) => (key === 'id' && context?.source) || value) ?? {};
  } catch {
    return {};
  }
}

function result(response, { success, msg, obj }) {
  if (response.ok && success === true) {
    return obj;
  }
  const wait = response.headers.get('Retry-After');
  const message = typeof msg === 'string' ? msg : `The server returned status ${response.status} without a message.`;
  throw new Failure(wait ? `${message} (in ${wait} seconds)` : message, response.status);
}

// The views: one of loading, sign-in and tokens, and a problem above it if there is one

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

/** Loads and shows the list, with a message about the last change. */
async function load(message = '') {
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
    $('status').textContent = message || (tokens.length === 1 ? '1 token' : `${tokens.length} tokens`);
  } catch (failure) {
    if (list === lists) {
      report(failure, [401, 403, 404]); // 403: other credentials may be allowed to list; 404: the API may hide its existence
    }
  } finally {
    $('tokens').ariaBusy = 'false';
  }
}

/** Shows an error: on the sign-in form for these statuses, else in the given element, else above the list. */
function report(failure, signInStatuses = [401], element = undefined) {
  if (failure.name === 'AbortError') {
    return; // the user has signed out or left
  }
  if (signInStatuses.includes(failure.status)) {
    askToSignIn(token || failure.status === 403 ? failure.message : '', failure instanceof LoginNeeded);
  } else if (element && element.closest('dialog')?.open !== false) {
    element.textContent = failure.message;
  } else {
    $('loading').hidden = true;
    problem(failure.message);
  }
}

/** Shows the sign-in form and, if the site has a login, a link that reloads this page, so that the login can answer it. */
function askToSignIn(message, hasLogin = false) {
  forget();
  $('login').hidden = !hasLogin;
  show('sign-in');
  $('sign-in').querySelector('.error').textContent = message;
  $(hasLogin ? 'log-in' : 'key').focus();
}

/** Removes the token, plaintexts and the list from the page. */
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
    ($(focused) ?? $('new')).focus(); // the rows were replaced: restore the focus
  }
}

function row(entry) {
  const tr = $('row').content.firstElementChild.cloneNode(true);
  const at = name => tr.querySelector(`.${name}`);
  const expired = entry.expiresAt * 1000 <= Date.now();

  at('name').textContent = entry.name;
  at('limits').textContent = limits(entry);
  at('word').textContent = state(entry, expired);
  tr.classList.toggle('off', expired || entry.leaked || !entry.enabled);
  time(at('created'), entry.createdAt, '–');
  time(at('expires'), entry.expiresAt, 'Never');
  time(at('used'), entry.lastUsedAt, 'Never');

  at('switch').ariaChecked = String(entry.enabled);
  button(at('switch'), `switch-${entry.id}`, `Enabled: ${entry.name}`, () => toggle(entry));
  button(at('rotate'), `rotate-${entry.id}`, `Rotate ${entry.name}`, () => openRotation(entry));
  button(at('delete'), `delete-${entry.id}`, `Delete ${entry.name}`, () => open('delete', entry));
  return tr;
}

function state({ enabled, leaked }, expired) {
  if (expired) {
    return 'Expired';
  }
  return leaked ? 'Leaked: rotate this token' : enabled ? 'Enabled' : 'Disabled';
}

function limits({ owner, scopes = [], allowedAddresses = [] }) {
  const rights = scopes.includes('*') ? 'unrestricted' : scopes.join(' ') || 'no scopes';
  const parts = [rights, allowedAddresses.length > 0 && `from ${allowedAddresses.join(', ')}`];
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

/** Runs the action unless it is already running. The element stays enabled, because a disabled one loses the focus. */
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

/** The plaintext of a disabled token may have leaked: by default it must not work again when the token is enabled. */
function openRotation(entry) {
  $('overlap').value = entry.enabled && !entry.leaked ? '3600' : '0';
  open('rotate', entry);
}

function clear(dialog) {
  dialog.querySelector('form').reset(); // clears the plaintext too
  for (const text of dialog.querySelectorAll('.error, .subject')) {
    text.textContent = '';
  }
  showFields();
}

/** Shows the fields that the chosen options need. */
function showFields() {
  for (const [choice, option, field] of [['expiry', 'date', 'day'], ['rights', 'scopes', 'scopes']]) {
    const wanted = $(choice).value === option;
    $(`${field}-field`).hidden = !wanted;
    $(field).required = wanted;
  }
}

/** Shows a plaintext. The list reloads only after the dialog closes: after a failed reload, the sign-in form would replace it. */
function showPlaintext({ token: plaintext, name }) {
  lists++;
  mayClose = false;
  $('plaintext').value = plaintext;
  open('shown', { name });
}

async function copy() {
  const status = $('shown').querySelector('.error');
  try {
    await navigator.clipboard.writeText($('plaintext').value);
  } catch { // no permission, or no clipboard: browsers offer it only over HTTPS and on localhost
    $('plaintext').select();
    if (!document.execCommand('copy')) {
      status.textContent = 'The browser did not copy it. The text is selected: copy it by hand.';
      return;
    }
  }
  mayClose = true;
  status.textContent = 'Copied.';
}

/** Returns the lifetime or, for a date, its end. The clock of the server counts a lifetime: it may differ from this one. */
function expiry() {
  const chosen = $('expiry').value;
  return chosen === 'date'
    ? { expiresAt: Math.floor(new Date(`${$('day').value}T23:59:59`) / 1000) }
    : { expiresIn: chosen ? Number(chosen) : undefined };
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
    longest = new Option(`In ${duration(maxLifetime)}`, maxLifetime);
    $('expiry').add(longest, [...options].find(option => option.value === 'date') ?? null);
  }
  (usual ?? longest).defaultSelected = true;
  (usual ?? longest).selected = true;
}

function duration(seconds) {
  const units = { day: DAY, hour: 3600, minute: 60, second: 1 };
  const [unit, length] = Object.entries(units).find(([, each]) => seconds % each === 0);
  return seconds === length ? `1 ${unit}` : `${seconds / length} ${unit}s`;
}

/** Limits the date to the days that end within the longest lifetime. */
function limitDay() {
  if (maxLifetime < Infinity) {
    const last = new Date(Date.now() + (maxLifetime - DAY + 1) * 1000);
    $('day').max = new Date(last - last.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
  }
}

/** Returns the scopes, or undefined for a token without scopes. If none were typed, the API rejects the empty list. */
function scopes() {
  const chosen = $('rights').value;
  return chosen === 'scopes' ? $('scopes').value.match(/\S+/g) ?? [] : chosen ? [chosen] : undefined;
}

/** Returns the addresses, or undefined if there are none: the API rejects an empty list. */
function addresses() {
  return $('addresses').value.match(/[^\s,]+/g) ?? undefined;
}

const submit = {
  async create(dialog) {
    const created = await call('/create', {
      name: $('name').value,
      ...expiry(),
      scopes: scopes(),
      allowedAddresses: addresses(),
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
    $('shown').querySelector('.error').textContent = 'Not copied yet. Press Escape again to close anyway.';
  }
});

$('expiry').addEventListener('change', showFields);
$('rights').addEventListener('change', showFields);
$('new').addEventListener('click', () => {
  limitDay();
  open('create', { name: '' });
});
$('copy').addEventListener('click', copy);
$('retry').addEventListener('click', () => load());
$('sign-out').addEventListener('click', () => askToSignIn(''));

// The back/forward cache of the browser must not keep secrets.
addEventListener('pagehide', () => {
  forget();
  show('loading');
});
addEventListener('pageshow', event => event.persisted && load());

limitLifetimes();
load();
