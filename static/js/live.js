// Keeps numbers on the desk up to date, calmly: once a minute, and not while the page is out of sight.
// Only numbers change and one sentence is read aloud; focus and what is typed stay where they are.
const EVERY = 60_000;
const told = document.querySelector('[data-live-counts]:not(.iw-sample *)');

const look = async () => {
  if (document.hidden) return;
  const answer = await fetch(told.dataset.liveCounts, { headers: { Accept: 'application/json' } }).catch(() => null);
  if (!answer?.ok) return; // signed out, or no connection: the numbers stay as they were
  show(await answer.json());
};

const show = (rows) => {
  const numbers = new Map(rows.map(({ soort, aantal }) => [soort, aantal]));
  numbers.set('alles', rows.reduce((sum, { aantal }) => sum + aantal, 0));
  let more = false;
  for (const place of document.querySelectorAll('[data-live]')) {
    const number = numbers.get(place.dataset.live);
    if (number === undefined) continue;
    more ||= number > Number(place.textContent);
    place.textContent = number;
  }
  if (more) told.textContent = told.dataset.liveWords;
};

if (told) {
  setInterval(look, EVERY);
  document.addEventListener('visibilitychange', look);
}
