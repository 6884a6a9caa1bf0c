// Changes of several tokens at once, and the deletion of one: each after a dialog that names what will happen.

import { call, withIds } from './api.js';
import { dialog, open } from './dialogs.js';
import { allSelected, load, selectAll, selectedIds, shownToken } from './list.js';
import { isolated, plural, text } from './text.js';
import { $, onClick } from './view.js';

const NAMED = 10; // names in the dialog

let confirmed = async () => {}; // what happens after the confirmation

/** Asks whether a change of these tokens, such as `delete`, is wanted. */
function askAbout(change, tokens, action) {
  const names = tokens.map(({ name }) => name);
  if (names.length === 1) {
    ask(text(`${change}.title`), names[0], plural(`${change}.text`, 1), text(`${change}.submit`), action);
  } else {
    const title = plural(`${change}.title-count`, names.length);
    ask(title, '', plural(`${change}.text`, names.length), text(`${change}.submit`), action);
    showNames(names);
  }
}

function ask(title, name, detail, submit, action) {
  confirmed = action;
  $('confirm-text').textContent = detail;
  $('confirmed').textContent = submit;
  open('confirm', title, name);
}

function showNames(names) {
  const more = names.length - NAMED;
  const items = names.slice(0, NAMED).map(name => item('bdi', name));
  $('confirm-names').replaceChildren(...items, ...(more > 0 ? [item('span', plural('selected.more', more))] : []));
}

function item(kind, content) {
  const element = document.createElement(kind);
  element.textContent = content;
  const li = document.createElement('li');
  li.append(element);
  return li;
}

export function askToDelete(entry) {
  askAbout('delete', [entry], async () => {
    await call(`/delete/${entry.id}`, {});
    return one('status.deleted', entry);
  });
}

/** Sends one request, so that the server changes all of them or refuses: the page shows at most 100 tokens. */
function changeSelected(change, path, status) {
  const tokens = selectedIds().map(shownToken);
  if (tokens.length > 0) {
    askAbout(change, tokens, async () => {
      const { count } = await call(path, withIds(tokens.map(({ id }) => id)));
      return tokens.length === 1 ? one(status, tokens[0]) : plural(`${status}-count`, count);
    });
  }
}

const one = (status, { name }) => text(status, { name: isolated(name) });

/** Asks with the number of expired tokens. The server deletes them in parts. */
async function askToDeleteExpired() {
  const { count } = await call('/deleteExpired', { dryRun: true });
  if (count === 0) {
    await load(text('status.no-expired'));
    return;
  }
  ask(plural('expired.title', count), '', text('expired.text'), text('delete.submit'), async () => {
    let deleted = 0;
    let part;
    do {
      part = await call('/deleteExpired', {});
      deleted += part.count;
      $('confirm-text').textContent = plural('status.deleted-expired', deleted); // also true if the next part fails
    } while (part.more);
    return plural('status.deleted-expired', deleted);
  });
}

function showSelection() {
  const count = selectedIds().length;
  $('selected').textContent = count > 0 ? plural('selected.count', count) : text('selected.all');
  $('select-all').checked = allSelected();
  $('select-all').indeterminate = count > 0 && !allSelected();
  $('selection').classList.toggle('none', count === 0);
  for (const id of ['disable-selected', 'delete-selected']) {
    $(id).hidden = count === 0;
  }
}

dialog('confirm', {
  async submit() {
    const message = await confirmed();
    $('confirm').close();
    await load(message);
  },
  clear() {
    $('confirm-text').textContent = '';
    $('confirm-names').replaceChildren();
  },
  closed: failed => failed && load(),
});

$('rows').addEventListener('change', showSelection);
$('select-all').addEventListener('change', () => {
  selectAll($('select-all').checked);
  showSelection();
});
onClick('disable-selected', () => changeSelected('disable', '/disable', 'status.disabled'));
onClick('delete-selected', () => changeSelected('delete', '/delete', 'status.deleted'));
onClick('delete-expired', askToDeleteExpired);
