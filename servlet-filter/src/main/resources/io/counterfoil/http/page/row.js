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
  at('past').hidden = state(entry) === 'expired' || !expired(entry);
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

const expired = ({ expiresAt }) => expiresAt * 1000 <= Date.now();

/** Returns which text of `state.…` describes a token, in the order in which the server looks for a reason to reject it. */
export function state(entry) {
  const { enabled, leaked, idle } = entry;
  return leaked ? 'leaked' : !enabled ? 'disabled' : expired(entry) ? 'expired' : idle ? 'idle' : 'enabled';
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
