// One row of the list. Text from the server becomes text nodes or attributes, never markup.

import { SOON } from './filters.js';
import { showTime, text } from './text.js';
import { $ } from './view.js';

export function row(entry, checked) {
  const tr = $('row').content.firstElementChild.cloneNode(true);
  const at = name => tr.querySelector(`.${name}`);
  const { name, owner = '', description = '', lastUsedFrom = '' } = entry;

  tr.dataset.id = entry.id;
  at('name').textContent = name;
  at('description').textContent = description;
  at('limits').textContent = limits(entry);
  at('word').textContent = text(`state.${state(entry)}`);
  at('word').classList.add(state(entry));
  tr.classList.toggle('off', state(entry) !== 'enabled');
  at('soon').hidden = state(entry) !== 'enabled' || !(entry.expiresAt - Date.now() / 1000 <= SOON);
  showTime(at('created'), entry.createdAt, text('row.unknown'));
  showTime(at('expires'), entry.expiresAt, text('row.never'));
  showTime(at('used'), entry.lastUsedAt, text('row.never'));
  at('from').textContent = lastUsedFrom && text('row.from', { addresses: lastUsedFrom });

  at('select').value = entry.id;
  at('select').checked = checked;
  label(at('select'), `select-${entry.id}`, text('row.select', { name }));
  at('owner').hidden = !owner;
  at('owner').firstElementChild.textContent = owner;
  label(at('owner'), `owner-${entry.id}`, text('row.owner', { owner }));
  at('switch').ariaChecked = String(entry.enabled);
  label(at('switch'), `switch-${entry.id}`, text('row.enabled', { name }));
  for (const action of ['edit', 'rotate', 'delete']) {
    label(at(action), `${action}-${entry.id}`, text(`row.${action}`, { name }));
  }
  return tr;
}

/** Returns which text of `state.…` describes a token: the first reason for which it is rejected. */
export function state({ enabled, expiresAt, leaked, idle }) {
  if (expiresAt * 1000 <= Date.now()) {
    return 'expired';
  }
  return leaked ? 'leaked' : !enabled ? 'disabled' : idle ? 'idle' : 'enabled';
}

/** Returns scopes and addresses. */
export function limits({ scopes = [], allowedAddresses = [] }) {
  const rights = scopes.includes('*') ? text('row.unrestricted') : scopes.join(' ') || text('row.no-scopes');
  const addresses = allowedAddresses.join(', ');
  return addresses ? `${rights} · ${text('row.from', { addresses })}` : rights;
}

function label(element, id, name) {
  element.id = id;
  element.ariaLabel = name;
}
