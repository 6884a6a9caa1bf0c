// The field for the scopes of a token: checkboxes if the host declares its scopes, otherwise a text.

import { call } from './api.js';
import { text } from './text.js';
import { $, onForget } from './view.js';

let known; // the declared scopes; undefined until they were asked for

/** Asks for the declared scopes once. Without them, scopes are typed. */
export async function loadScopes() {
  if (known) {
    return;
  }
  known = [];
  try {
    const declared = await call('/scopes');
    known = Array.isArray(declared) ? declared.filter(({ scope }) => scope) : [];
  } catch { // the host does not offer this operation, or it fails now: the server still checks what is typed
  }
  $('scope-names').replaceChildren(...known.map(({ scope }) => new Option('', scope)));
}

/** Fills the field with the scopes of a token. */
export function offerScopes(scopes = []) {
  const named = scopes.filter(scope => scope !== '*');
  $('rights').value = scopes.includes('*') ? '*' : named.length > 0 ? 'scopes' : '';
  $('scopes').value = named.join(' ');
  const all = new Set(known?.map(({ scope }) => scope));
  const others = named.filter(scope => !all.has(scope)).map(scope => ({ scope, description: text('field.scopes.unknown') }));
  const offered = all.size > 0 ? [...known, ...others] : [];
  $('known-scopes').replaceChildren(...offered.map(each => checkbox(each, named.includes(each.scope))));
  showScopes();
}

function checkbox({ scope, description = '', implies = [] }, checked) {
  const label = $('known-scope').content.firstElementChild.cloneNode(true);
  const included = implies.length > 0 ? text('field.scopes.implies', { scopes: implies.join(', ') }) : '';
  label.querySelector('code').textContent = scope;
  label.querySelector('.hint').textContent = [description, included].filter(Boolean).join(' · ');
  label.querySelector('input').value = scope;
  label.querySelector('input').checked = checked;
  return label;
}

/** Shows the field if the chosen rights need it. */
export function showScopes() {
  const wanted = $('rights').value === 'scopes';
  const boxes = $('known-scopes').childElementCount > 0;
  $('known').hidden = !wanted || !boxes;
  $('scopes-field').hidden = !wanted || boxes;
  $('scopes').required = wanted && !boxes;
}

/** A comma may be part of a scope, but not before a space or at the end: there, people separate scopes with it. */
function typed() {
  return $('scopes').value.split(/\s+/).map(scope => scope.replace(/,$/, '')).filter(Boolean);
}

/** Returns the chosen scopes; undefined if they are to be named, but none is. */
export function chosenScopes() {
  const rights = $('rights').value;
  if (rights !== 'scopes') {
    return rights ? [rights] : [];
  }
  const checked = [...$('known-scopes').querySelectorAll(':checked')].map(box => box.value);
  const named = $('known').hidden ? typed() : checked;
  return named.length > 0 ? named : undefined;
}

onForget(() => {
  known = undefined;
  $('scope-names').replaceChildren();
  $('known-scopes').replaceChildren();
});
