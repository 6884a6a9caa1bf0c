// The management page: lists, creates, changes, rotates and deletes tokens through the token API.
//
// Text from the server becomes text nodes or attributes, never markup. The token that the user signs in with is kept only
// in a variable of api.js, and a plaintext only in the dialog that shows it, until that dialog closes.

import { call, useToken } from './api.js';
import { askToDelete } from './bulk.js';
import { onSubmit } from './dialogs.js';
import { openCreation, openEditor } from './editor.js';
import { choose, onFilter } from './filters.js';
import './identify.js';
import { load, loadFirst, shownToken, turnPage } from './list.js';
import { loadScopes } from './scopes.js';
import { openRotation } from './secret.js';
import { isolated, refreshTimes, text } from './text.js';
import { $, askToSignIn, forget, onClick, once, problem, report, show } from './view.js';

const MINUTE = 60_000; // milliseconds

const actions = {
  edit: openEditor,
  rotate: openRotation,
  delete: askToDelete,

  async toggle({ id, name, enabled }) {
    problem('');
    await call(`/setEnabled/${id}`, { enabled: !enabled });
    await load(text(enabled ? 'status.disabled' : 'status.enabled', { name: isolated(name) }));
  },

  async owner({ owner }) {
    choose({ owner });
    await loadFirst();
  },
};

async function start() {
  await load();
  await loadMore();
}

/** Loads what the dialogs need, if the caller may manage tokens. */
async function loadMore() {
  if (!$('tokens').hidden) {
    await loadScopes();
  }
}

async function signIn(error) {
  const presented = $('key').value.trim();
  if (!/^[!-~]+$/.test(presented)) {
    error.textContent = text('sign-in.invalid');
    return;
  }
  $('key').value = '';
  useToken(presented);
  await load();
  if (!$('tokens').hidden) {
    $('new').focus();
  }
  await loadMore();
}

onSubmit($('sign-in'), signIn);

$('rows').addEventListener('click', ({ target }) => {
  const button = target.closest('[data-action]');
  if (button) {
    const entry = shownToken(button.closest('tr').dataset.id);
    once(button, () => actions[button.dataset.action](entry)).catch(failure => report(failure));
  }
});

onFilter(() => loadFirst());
onClick('new', openCreation);
onClick('retry', start);
onClick('reset', async () => {
  choose({});
  await loadFirst();
  $('search').focus();
});
for (const [id, step] of [['previous', -1], ['next', 1]]) {
  onClick(id, async () => {
    if ($(id).ariaDisabled !== 'true') {
      await turnPage(step);
      $('tokens').scrollIntoView();
    }
  });
}
onClick('sign-out', () => askToSignIn(''));

// The back/forward cache of the browser must not keep secrets.
addEventListener('pagehide', () => {
  forget();
  show('loading');
});
addEventListener('pageshow', event => event.persisted && start());

setInterval(refreshTimes, MINUTE);
start();
