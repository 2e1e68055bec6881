// What is left when the app is not: a page without wasm that hands out what the stores hold, as a file the app can open.
//
// It knows of the app only where things are kept (src/store) and what a file looks like (src/exchange/format.rs). An
// end-to-end test (xtask/tests/e2e/crash.rs) opens its file in the app.
(() => {
  'use strict';

  const isDemo = new URLSearchParams(location.search).has('proevekommune');
  const home = isDemo ? 'prøvekommunen' : 'Kvalitetshjul';
  const prefix = `kvalitetshjul/${isDemo ? 'demo' : '1'}${location.pathname.slice(0, location.pathname.lastIndexOf('/'))}/`;

  // The colours that the user chose, before anything is painted (src/domain/person.rs).
  try {
    const { colours } = JSON.parse(localStorage.getItem(`${prefix}preferences`)) ?? {};
    if (colours) document.documentElement.dataset.colours = colours;
  } catch {
    // Without them the colours are those of the device.
  }

  // The texts of the records in localStorage, as far as they are of the epoch that goes on, each with the version that
  // wrote it. A text of an earlier version stays there when its record is written again under a newer one.
  const atHand = () => {
    try {
      const epoch = Number(localStorage.getItem(`${prefix}#epoch`)) || 0;
      const names = Object.keys(localStorage).filter(key => key.startsWith(prefix)).map(key => key.slice(prefix.length));
      const parts = names.map(name => /^record(?:\.(\d+))?(?:#(\d+))?\/(?!version$)[^/]+$/.exec(name));
      return parts.filter(part => part !== null && Number(part[2] ?? 0) === epoch)
        .map(([name, version]) => [localStorage.getItem(prefix + name), Number(version ?? 2)]);
    } catch {
      return [];
    }
  };

  // The texts of the records in the mirror, and which version wrote them.
  const mirrored = () => new Promise(resolve => {
    const nothing = () => resolve([[], null]);
    try {
      const opening = indexedDB.open(prefix);
      // There is none, and none is made.
      opening.onupgradeneeded = () => opening.transaction.abort();
      opening.onerror = nothing;
      opening.onsuccess = () => {
        const database = opening.result;
        try {
          const reading = database.transaction(['records', 'about']);
          const all = reading.objectStore('records').getAll();
          const version = reading.objectStore('about').get('version');
          reading.onabort = nothing;
          reading.oncomplete = () => {
            resolve([all.result, version.result ?? null]);
            database.close();
          };
        } catch {
          nothing();
        }
      };
    } catch {
      nothing();
    }
  });

  const isRecord = text => {
    try {
      return typeof JSON.parse(text).kind === 'string';
    } catch {
      return false;
    }
  };

  const hand = (name, kind, text) => {
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: kind }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  };

  const save = async () => {
    const [held, heldBy] = await mirrored();
    const local = atHand();
    // The same record may lie in both, and in several versions; the app merges them when it reads the file. No version
    // after the first that was stored, 2, changes a record of an earlier one (src/exchange/migrate.rs), so one file of
    // the newest version holds them all.
    const version = Math.max(heldBy ?? 2, ...local.map(([, writtenBy]) => writtenBy));
    const texts = [...local.map(([text]) => text), ...held].map(String);
    const day = new Date().toISOString().slice(0, 10);
    const records = texts.filter(isRecord).join(',\n');
    // What went wrong in the app, for whoever mends it (src/store/report.rs). The app passes over it when it reads the file.
    const errors = JSON.stringify([...(window.kvalitetshjulErrors ?? [])].map(String));
    const file = `{"format":"kvalitetshjul","version":${version},"scope":"backup","errors":${errors},"records":[\n${records}\n]}\n`;
    hand(`Kvalitetshjul – redning – ${day}.kvalitetshjul.json`, 'application/json', file);
    const damaged = texts.filter(text => !isRecord(text));
    if (damaged.length > 0) {
      hand(`Kvalitetshjul – beskadiget – ${day}.txt`, 'text/plain', damaged.join('\n\n'));
    }
  };

  const make = (tag, text, attributes = {}) => {
    const element = document.createElement(tag);
    element.textContent = text;
    Object.entries(attributes).forEach(([name, value]) => element.setAttribute(name, value));
    return element;
  };

  const button = (text, press, attributes = {}) => {
    const element = make('button', text, { type: 'button', ...attributes });
    element.addEventListener('click', press);
    return element;
  };

  let isShown = false;

  const FAILED = {
    heading: 'Siden er gået i stå',
    purpose: 'Der er en fejl i programmet. Det, der er gemt i browseren, ligger der stadig. Gem det som en fil, før du '
      + `går videre: den kan åbnes i ${home} igen.`,
    again: 'Start igen',
  };
  const ASKED = {
    heading: 'Hent det, der ligger i browseren',
    purpose: `Her kan du gemme alt, hvad ${home} har i denne browser, som en fil, uden at starte det. Filen kan åbnes `
      + `i ${home} igen.`,
    again: 'Start Kvalitetshjul',
  };

  const show = ({ heading, purpose, again }) => {
    if (isShown) return;
    isShown = true;
    document.documentElement.setAttribute('data-rescue', '');
    const typed = [...document.querySelectorAll('input:not([type=file]), textarea')]
      .map(field => field.value).filter(text => text !== '').join('\n');
    const main = make('main', '', { class: 'rescue' });
    const buttons = make('div', '', { class: 'buttons' });
    buttons.append(
      button('Gem alt som fil', save, { class: 'primary' }),
      button(again, () => {
        history.replaceState(null, '', location.pathname + location.search);
        location.reload();
      }),
      // The app reads what there is, and writes nothing (src/ui/route/mod.rs).
      button('Start uden at gemme', () => {
        history.replaceState(null, '', `${location.pathname}${location.search}#/uden-at-gemme`);
        location.reload();
      }),
    );
    main.append(
      make('h1', heading),
      make('p', purpose, { class: 'purpose' }),
      buttons,
    );
    if (typed !== '') {
      main.append(
        make('h2', 'Det stod i felterne'),
        make('p', 'Det sidste, du skrev, kan mangle i filen. Her er det, så du kan kopiere det.'),
        make('pre', typed, { class: 'rescue-text', tabindex: '0', 'aria-label': 'Det stod i felterne' }),
      );
    }
    const place = document.getElementById('app') ?? document.body;
    place.replaceChildren(make('header', 'Kvalitetshjul', { class: 'rescue-head brand' }), main);
    document.title = `${heading} – Kvalitetshjul`;
  };

  const isStarted = () => document.documentElement.hasAttribute('data-started');
  const isOurs = error => error instanceof WebAssembly.RuntimeError || /wasm/.test(error?.stack ?? '');

  addEventListener('error', event => {
    const isUnloaded = event.target instanceof HTMLScriptElement;
    if (isUnloaded || isOurs(event.error) || (event instanceof ErrorEvent && !isStarted())) show(FAILED);
  }, true);
  addEventListener('unhandledrejection', event => {
    if (isOurs(event.reason) || !isStarted()) show(FAILED);
  });
  // For whoever is helped over the telephone: the same page, before the app.
  if (location.hash === '#/redning') {
    document.documentElement.setAttribute('data-rescue', '');
    addEventListener('DOMContentLoaded', () => show(ASKED));
  }
})();
