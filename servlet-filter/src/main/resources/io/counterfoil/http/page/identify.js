// Tells to which token a plaintext belongs. The plaintext leaves its field before it is sent.

import { call } from './api.js';
import { dialog } from './dialogs.js';
import { loadOnly } from './list.js';
import { limits, state } from './row.js';
import { fill, text } from './text.js';
import { $, onClick } from './view.js';

let found;

function showFound() {
  const lines = [document.createElement('p'), document.createElement('p')];
  fill(lines[0], text('identify.found'), found.name);
  const facts = document.createElement('bdi');
  facts.textContent = [found.owner, text(`state.${state(found)}`), limits(found)].filter(Boolean).join(' · ');
  lines[1].className = 'hint';
  lines[1].append(facts);
  $('identified').replaceChildren(...lines);
  $('identified-show').hidden = false;
}

function clear() {
  found = undefined;
  $('identified').replaceChildren();
  $('identified-show').hidden = true;
}

dialog('identify', {
  async submit() {
    const plaintext = $('unknown').value.trim();
    $('unknown').value = '';
    clear();
    found = await call('/identify', { token: plaintext });
    showFound();
  },
  clear,
});

onClick('identify-open', () => $('identify').showModal());
onClick('identified-show', async () => {
  const { id } = found;
  $('identify').close();
  await loadOnly(id);
});
