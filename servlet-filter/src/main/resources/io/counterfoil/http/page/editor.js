// The dialog that creates a token, or changes one.

import { call } from './api.js';
import { dialog, open } from './dialogs.js';
import { expiry, offerExpiry } from './expiry.js';
import { load } from './list.js';
import { chosenScopes, offerScopes, showScopes } from './scopes.js';
import { showPlaintext } from './secret.js';
import { exact, isolated, text } from './text.js';
import { $ } from './view.js';

let subject; // the token that is changed; undefined while a new one is created

export function openCreation() {
  subject = undefined;
  fillIn();
  $('save').textContent = text('create.submit');
  open('editor', text('create.title'));
}

export function openEditor(entry) {
  subject = entry;
  fillIn(entry);
  $('save').textContent = text('edit.submit');
  $('facts').hidden = false;
  $('facts').textContent = facts(entry);
  open('editor', text('edit.title'), entry.name);
}

function fillIn({ name = '', description = '', scopes, allowedAddresses = [] } = {}) {
  $('name').value = name;
  $('description').value = description;
  $('addresses').value = allowedAddresses.join(', ');
  $('addresses-details').open = allowedAddresses.length > 0;
  offerExpiry(subject);
  offerScopes(scopes);
  showDay();
}

/** Returns the exact times, for users who cannot see tooltips. */
function facts({ createdAt, lastUsedAt, lastUsedFrom: address, enabled, idle }) {
  const created = createdAt ? exact(createdAt) : text('row.unknown');
  const used = lastUsedAt ? exact(lastUsedAt) : text('row.never');
  const times = text(address ? 'edit.facts-from' : 'edit.facts', { created, used, address });
  return idle && enabled ? `${times} ${text('edit.idle')}` : times;
}

function showDay() {
  const wanted = $('expiry').value === 'date';
  $('day-field').hidden = !wanted;
  $('day').required = wanted;
}

const addresses = () => $('addresses').value.match(/[^\s,]+/g) ?? [];

async function create(scopes) {
  const { expiresAt, expiresIn } = expiry();
  const created = await call('/create', {
    name: $('name').value.trim(),
    description: $('description').value.trim() || undefined,
    expiresAt: expiresAt ?? undefined,
    expiresIn,
    scopes: scopes.length > 0 ? scopes : undefined,
    allowedAddresses: addresses().length > 0 ? addresses() : undefined,
  });
  $('editor').close();
  showPlaintext(created, true);
}

/** Sends only what was changed, so that it does not undo what other people change at the same time. */
async function save(scopes) {
  const { id, name, description = '', scopes: oldScopes = [], allowedAddresses = [], enabled, idle } = subject;
  const changes = { ...expiry() };
  if ($('name').value.trim() !== name) {
    changes.name = $('name').value.trim();
  }
  if ($('description').value.trim() !== description) {
    changes.description = $('description').value.trim();
  }
  if (differ(scopes, oldScopes)) {
    changes.scopes = scopes;
  }
  if (differ(addresses(), allowedAddresses)) {
    changes.allowedAddresses = addresses().length > 0 ? addresses() : null;
  }
  if (Object.keys(changes).length > 0) {
    await call(`/update/${id}`, changes);
  } else if (idle && enabled) {
    await call(`/setEnabled/${id}`, { enabled: true }); // renews it, as an update does
  } else {
    $('editor').close();
    return;
  }
  $('editor').close();
  await load(text('status.saved', { name: isolated(changes.name ?? name) }));
}

const differ = (some, others) => [...new Set(some)].sort().join(' ') !== [...others].sort().join(' ');

dialog('editor', {
  submit(error) {
    const scopes = chosenScopes();
    if (!scopes) {
      error.textContent = text('field.scopes.missing');
      return undefined;
    }
    return subject ? save(scopes) : create(scopes);
  },
  clear() {
    $('facts').hidden = true;
    $('facts').textContent = '';
    subject = undefined;
    fillIn();
  },
  closed: failed => failed && load(),
});

$('expiry').addEventListener('change', showDay);
$('rights').addEventListener('change', showScopes);
