// Shortcuts on the lists of the desk: single keys, never while somebody types, and they can be switched off.
const help = document.querySelector('[data-shortcuts]:not(.iw-sample *)');
const OFF = 'sneltoetsen-uit';

const rows = () => [...document.querySelectorAll('main tbody tr')];
const here = () => rows().findIndex((row) => row.contains(document.activeElement));
const linkOf = (row) => row?.querySelector('a');

const go = (step) => {
  const all = rows();
  const to = here() === -1 ? 0 : Math.min(Math.max(here() + step, 0), all.length - 1);
  linkOf(all[to])?.focus();
  all[to]?.scrollIntoView({ block: 'nearest' });
};

const press = (selector) => rows()[here()]?.querySelector(selector)?.click();

const KEYS = {
  j: () => go(1),
  k: () => go(-1),
  o: () => linkOf(rows()[here()])?.click(),
  x: () => press('input[type="checkbox"]'),
  a: () => press('td button, td .nl-button'),
  '?': () => {
    const told = help.querySelector('details');
    told.open = !told.open;
    told.querySelector('summary').focus();
  },
};

const types = (place) => place.isContentEditable || place.matches('textarea, select, input:not([type="checkbox"], [type="radio"])');
const isOff = () => localStorage.getItem(OFF) === 'ja';

const draw = (button) => {
  button.setAttribute('aria-pressed', String(!isOff()));
};

if (help) {
  const button = help.querySelector('[data-shortcuts-switch] button');
  help.hidden = false;
  draw(button);
  button.addEventListener('click', () => {
    localStorage.setItem(OFF, isOff() ? 'nee' : 'ja');
    draw(button);
  });
  document.addEventListener('keydown', (event) => {
    const does = KEYS[event.key];
    if (!does || isOff() || event.ctrlKey || event.metaKey || event.altKey || types(event.target)) return;
    event.preventDefault();
    does();
  });
}
