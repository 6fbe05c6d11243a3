// After a form came back with errors: say so in the title of the page and bring the summary into focus.
const summary = document.querySelector('.iw-form-errors:not(.iw-sample *)');

if (summary) {
  document.title = `Fout: ${document.title}`;
  summary.focus();
}
