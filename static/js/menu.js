// The menu of a phone closes with Escape, and when something else is pressed. Without this it closes by its button.
const menu = document.querySelector('.iw-menu');

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape' || !menu?.open) return;
  menu.open = false;
  menu.querySelector('summary').focus();
});

document.addEventListener('click', (event) => {
  if (menu?.open && !menu.contains(event.target)) menu.open = false;
});
