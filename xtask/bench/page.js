// The least a page could do by hand: show what is kept, and keep one more.
const units = JSON.parse(localStorage.getItem('units') ?? '[]');
const show = () => {
  document.getElementById('units').replaceChildren(...units.map(name => {
    const item = document.createElement('li');
    item.textContent = name;
    return item;
  }));
};
document.getElementById('begin').addEventListener('submit', event => {
  event.preventDefault();
  units.push(document.getElementById('name').value);
  localStorage.setItem('units', JSON.stringify(units));
  show();
});
show();
