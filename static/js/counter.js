// Says how much room is left in a text field, from the moment it gets scarce.
const characters = (number) => (number === 1 ? '1 teken' : `${number} tekens`);

for (const field of document.querySelectorAll('textarea[maxlength]')) {
  const most = Number(field.getAttribute('maxlength'));
  const counter = document.createElement('p');
  counter.className = 'iw-counter';
  counter.setAttribute('role', 'status');
  field.after(counter);
  field.removeAttribute('maxlength'); // what is pasted may be too long: nothing typed is cut off

  const count = () => {
    const left = most - field.value.length;
    const scarce = left < most / 5;
    const words = left < 0 ? `${characters(-left)} te veel` : `Nog ${characters(left)} over`;
    counter.textContent = scarce ? words : '';
    counter.classList.toggle('iw-counter--over', left < 0);
  };
  field.addEventListener('input', count);
  count();
}
