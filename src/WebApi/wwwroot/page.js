// Small pieces that every part of the page uses. Everything that comes from outside passes textContent.

export const byId = id => document.getElementById(id);

export function say(text, isError = false) {
  const status = byId('status');
  status.textContent = text;
  status.classList.toggle('error', isError);
}

// An element with a class and its children; strings become text.
export function make(tag, className, ...children) {
  const element = document.createElement(tag);
  if (className) {
    element.className = className;
  }

  element.append(...children);
  return element;
}

export function button(text, label, onClick, primary = false) {
  const element = make('button', primary ? 'primary' : '', text);
  element.type = 'button';
  element.setAttribute('aria-label', label);
  element.addEventListener('click', async () => {
    element.disabled = true;
    await onClick();
    element.disabled = false;
  });
  return element;
}

export const time = text => text ? new Date(text).toLocaleString() : 'never';

// Puts rows into a list, keeps what did not change, gives the focus back to the same button, and shows the note for an empty list.
export function show(list, items, keyOf, build) {
  const old = new Map([...list.children].map(child => [child.dataset.key, child]));
  const rows = items.map(item => {
    const state = JSON.stringify(item);
    const present = old.get(keyOf(item));
    if (present?.dataset.state === state) {
      return present;
    }

    const row = build(item);
    row.dataset.key = keyOf(item);
    row.dataset.state = state;
    return row;
  });
  const changed = rows.length !== list.children.length || rows.some((row, index) => row !== list.children[index]);
  if (changed) {
    const focused = list.contains(document.activeElement) ? document.activeElement : null;
    const focusedRow = focused?.closest('[data-key]');
    const place = focusedRow ? [...focusedRow.querySelectorAll('button')].indexOf(focused) : -1;
    list.replaceChildren(...rows);
    if (focusedRow) {
      const row = rows.find(candidate => candidate.dataset.key === focusedRow.dataset.key);
      (row?.querySelectorAll('button')[place] ?? byId('main')).focus();
    }
  }

  const section = list.closest('section');
  section.querySelector('.empty').hidden = items.length > 0;
  const table = list.closest('table');
  if (table) {
    table.hidden = items.length === 0;
  }
}

// Scopes in words; wide ones stand out.
export function scopes(list) {
  const element = make('span', '');
  list.forEach((scope, index) => {
    if (index > 0) {
      element.append(', ');
    }

    element.append(make('span', scope.wide ? 'wide' : '', scope.meaning));
  });
  return element;
}
