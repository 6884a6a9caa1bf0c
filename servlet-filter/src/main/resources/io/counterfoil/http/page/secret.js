// Shows a new plaintext once. It is kept only in this dialog, until the dialog closes.

import { api, call } from './api.js';
import { dialog, open } from './dialogs.js';
import { cancelList, load, loadOnly } from './list.js';
import { text } from './text.js';
import { $, onClick } from './view.js';

let mayClose = true; // false while a plaintext that was not copied yet is shown
let subject; // the token to be rotated
let afterwards = load; // loads the list after the plaintext was shown

/**
 * Shows a plaintext. The list reloads only after the dialog closes: after a failed reload, the sign-in form would replace it.
 * If the list has several pages, a new token is shown alone then, because it is on the last page.
 */
export function showPlaintext({ token: plaintext, name, id }, isNew = false) {
  cancelList();
  mayClose = false;
  afterwards = isNew && !$('pages').hidden ? () => loadOnly(id) : load;
  $('plaintext').value = plaintext;
  $('example').value = text('shown.example.command', { api: new URL(api, location).href });
  open('shown', text('shown.title'), name);
}

/** The plaintext of a disabled token may have leaked: by default it must not work again when the token is enabled. */
export function openRotation(entry) {
  subject = entry;
  $('overlap').value = entry.enabled && !entry.leaked ? '3600' : '0';
  open('rotate', text('rotate.title'), entry.name);
}

async function copy(id) {
  const status = $('shown').querySelector('.error');
  try {
    await navigator.clipboard.writeText($(id).value);
  } catch { // no permission, or no clipboard: browsers offer it only over HTTPS and on localhost
    $(id).select();
    if (!document.execCommand('copy')) {
      status.textContent = text('shown.copy-failed');
      return;
    }
  }
  mayClose ||= id === 'plaintext';
  status.textContent = text('shown.copied');
}

dialog('rotate', {
  async submit() {
    const rotated = await call(`/rotate/${subject.id}`, { overlapSeconds: Number($('overlap').value) });
    $('rotate').close();
    showPlaintext(rotated);
  },
  closed: failed => failed && load(),
});

dialog('shown', {
  submit: () => $('shown').close(),
  closed: () => $('tokens').hidden || afterwards(),
});

$('shown').addEventListener('cancel', event => {
  if (!mayClose) {
    event.preventDefault();
    mayClose = true;
    $('shown').querySelector('.error').textContent = text('shown.not-copied');
  }
});

$('shown').querySelector('details').addEventListener('toggle', () => {
  $('shown').scrollTop = $('shown').scrollHeight; // to the buttons
});

onClick('copy', () => copy('plaintext'));
onClick('copy-example', () => copy('example'));
