'use strict';
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const W = data.words, T = data.texts, rules = data.rules;
  const $ = (id) => document.getElementById(id);
  const el = (tag, cls, text) => {
    const e = document.createElement(tag);
    if (cls) e.className = cls;
    if (text !== undefined) e.textContent = text;
    return e;
  };
  const num = (n) => n.toLocaleString(document.documentElement.lang);
  const weight = { error: 0, warning: 1, note: 2 };
  const fold = (s) => s.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
  const where = (g) => (g.t === 'register' || g.t === 'policy' ? W.declared : g.t);
  const stateOf = (g) => (g.st === 'gone' ? 'gone' : g.ok ? 'accepted' : 'open');

  // Choices of the filters, in the order of their names.
  const options = (id, pairs) => {
    const seen = new Map();
    for (const [value, label] of pairs) if (value) seen.set(value, label);
    const sorted = [...seen].sort((a, b) => a[1].localeCompare(b[1]));
    for (const [value, label] of sorted) $(id).add(new Option(label, value));
  };
  for (const f of ['declare', 'remove', 'check']) $('f-family').add(new Option(W['family-' + f], f));
  for (const l of ['error', 'warning', 'note']) $('f-level').add(new Option(W[l], l));
  options('f-category', data.gaps.map((g) => [g.c, T[g.cat]]));
  options('f-target', data.gaps.map((g) => [g.t, where(g)]));
  options('f-treatment', data.gaps.map((g) => [g.ti, T[g.tr]]));

  // One row. What it says in full is made when it is opened.
  const row = (g) => {
    if (g.row) return g.row;
    const r = rules[g.r], d = el('details', 'gap ' + g.l + (stateOf(g) === 'open' ? '' : ' done')), s = el('summary');
    s.append(el('span', 'lvl', W[g.l]), el('span', 'ttl', r.title));
    const tag = el('span', 'tag');
    if (g.ok) tag.append(el('b', '', W.accepted));
    if (g.st) tag.append(' ', el('b', '', W[g.st]));
    if (g.f > 1) tag.append(' ' + g.f + ' ' + W.objects);
    s.append(tag, el('span', 'msg', g.m));
    d.append(s);
    d.addEventListener('toggle', () => full(g));
    g.row = d;
    return d;
  };
  const full = (g) => {
    if (g.filled) return;
    g.filled = true;
    const r = rules[g.r], dl = el('dl');
    const line = (name, ...what) => {
      const dd = el('dd');
      dd.append(...what);
      dl.append(el('dt', '', name), dd);
      return dd;
    };
    const aside = (dd) => { dd.className = dd.previousSibling.className = 'aside'; };
    line(W.next, T[g.n]).className = 'next';
    if (g.s) {
      const b = el('button', '', W.copy);
      b.type = 'button';
      b.addEventListener('click', () => copy(b, T[g.s]));
      line(W.sentence, el('q', '', T[g.s]), b);
    }
    line(W.where, el('code', '', g.at));
    if (g.f > 1 && g.others) line(W.others, g.f + ', ' + W.amongst + ' ' + g.others.join(', '));
    line(W.seen, T[g.seen] + (g.o ? ' ; ' + W.oldest + g.o : ''));
    line(W.sure, g.sure + ' % (' + (g.sure >= 90 ? W.sureHigh : g.sure >= 70 ? W.sureMid : W.sureLow) + ')');
    if (g.tr) line(W.treatment, T[g.tr]);
    if (g.reg) line(W.register, T[g.reg]);
    if (g.cover) line(W.cover, T[g.cover]);
    if (g.flow) {
      const ol = el('ol');
      for (const step of g.flow) ol.append(el('li', '', step));
      line(W.flow, ol);
    }
    if (r.help) aside(line(W.why, T[r.help]));
    if (r.law.length) {
      const ul = el('ul');
      for (const l of r.law) {
        const li = el('li'), a = el('a', '', l.article);
        if (/^https:\/\//.test(l.source)) a.href = l.source;
        a.rel = 'noreferrer';
        li.append(a, ' (' + W.asof + ' ' + l.as_of + ')');
        ul.append(li);
      }
      line(W.law, ul);
    }
    if (g.a) aside(line(W.anchor, el('code', '', g.a)));
    if (g.ok) line(W.accepted, g.ok);
    line(W.rule, el('code', '', r.id));
    g.row.append(dl);
  };
  const copy = (button, text) => {
    const said = () => { button.textContent = W.copied; setTimeout(() => { button.textContent = W.copy; }, 1500); };
    if (navigator.clipboard) { navigator.clipboard.writeText(text).then(said, () => select(button)); } else select(button);
  };
  const select = (button) => {
    const range = document.createRange();
    range.selectNodeContents(button.previousSibling);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  };

  // What is shown.
  let fromMap = null, rule = '';
  const text = (g) => g.text || (g.text = fold([g.m, g.at, rules[g.r].title, rules[g.r].id, T[g.tr], T[g.cat], g.p || ''].join(' ')));
  const fits = (g, c) => (!c.family || rules[g.r].family === c.family) && (!c.level || g.l === c.level) && (!c.category || g.c === c.category) &&
    (!c.target || g.t === c.target) && (!c.treatment || g.ti === c.treatment) && (!rule || rules[g.r].id === rule) &&
    (!c.state || (c.state === 'new' ? g.st === 'new' : stateOf(g) === c.state)) && (!fromMap || fromMap.fits(g)) && c.words.every((w) => text(g).includes(w));
  const orders = {
    level: () => 0,
    place: (a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0),
    count: (a, b) => (b.k || 0) - (a.k || 0),
    oldest: (a, b) => ((a.o || '9') < (b.o || '9') ? -1 : (a.o || '9') > (b.o || '9') ? 1 : 0),
  };
  const groups = {
    family: (g) => W['family-' + rules[g.r].family],
    treatment: (g) => T[g.tr] || W.noTreatment,
    place: (g) => g.map || where(g),
    category: (g) => T[g.cat] || g.p || W.noCategory,
    rule: (g) => rules[g.r].title,
  };
  const familyOrder = ['remove', 'declare', 'check'].map((f) => W['family-' + f]);

  let turn = 0;
  const show = () => {
    const mine = ++turn, c = { words: fold($('q').value).split(/\s+/).filter(Boolean) };
    for (const k of ['family', 'level', 'category', 'target', 'treatment', 'state']) c[k] = $('f-' + k).value;
    const all = data.gaps.filter((g) => fits(g, c));
    const order = orders[$('sort').value];
    all.sort((a, b) => order(a, b) || weight[a.l] - weight[b.l]);
    const by = groups[$('group').value], parts = new Map();
    for (const g of all) {
      const k = by ? by(g) : '';
      if (!parts.has(k)) parts.set(k, []);
      parts.get(k).push(g);
    }
    if ($('group').value === 'family') {
      for (const f of [...familyOrder].reverse()) if (parts.has(f)) { const p = parts.get(f); parts.delete(f); parts.set(f, p); }
      const ordered = familyOrder.filter((f) => parts.has(f)).map((f) => [f, parts.get(f)]);
      parts.clear();
      for (const [f, p] of ordered) parts.set(f, p);
    }
    $('shown').textContent = all.length === 1 ? W.shown1 : W.shownN.replace('#', num(all.length)) + (all.length < data.gaps.length ? W.of + num(data.gaps.length) : '') + (data.told || '');
    filterNote();
    const list = $('list');
    list.replaceChildren();
    if (!all.length) list.append(el('p', 'shown', W.none));
    // The first rows at once, the rest in slices, so that the page answers.
    const steps = [];
    for (const [k, p] of parts) {
      const box = el('div');
      if (by) {
        const h = el('h3', 'grp', k);
        h.append(el('span', '', String(p.length)));
        box.append(h);
      }
      list.append(box);
      for (const g of p) steps.push([box, g]);
    }
    let i = 0;
    const slice = (n) => {
      if (mine !== turn) return;
      for (const end = Math.min(i + n, steps.length); i < end; i++) steps[i][0].append(row(steps[i][1]));
      if (i < steps.length) setTimeout(slice, 0, 400);
    };
    slice(60);
    finish = () => { while (mine === turn && i < steps.length) slice(steps.length); };
  };
  let finish = () => {};

  const filterNote = () => {
    const note = $('mapfilter');
    note.hidden = !fromMap && !rule;
    note.replaceChildren();
    if (note.hidden) return;
    const drop = el('button', '', W.drop);
    drop.type = 'button';
    drop.addEventListener('click', () => { fromMap = null; rule = ''; show(); $('gaps').focus(); });
    note.append(' · ' + (fromMap ? W.filtered + fromMap.label : W.rule + ' : ' + rule) + ' ', drop);
  };
  const toList = () => { show(); $('gaps').scrollIntoView(); $('gaps').focus({ preventScroll: true }); };

  $('bar').addEventListener('submit', (e) => e.preventDefault());
  $('bar').addEventListener('input', (e) => { if (e.target.id !== 'q') show(); });
  let wait = 0;
  $('q').addEventListener('input', () => { clearTimeout(wait); wait = setTimeout(show, 120); });
  $('bar').addEventListener('reset', () => { fromMap = null; rule = ''; setTimeout(show, 0); });
  $('openall').addEventListener('click', () => {
    finish();
    const rows = [...document.querySelectorAll('.gap')], open = !rows.some((r) => r.open);
    for (const r of rows) r.open = open;
  });
  for (const b of document.querySelectorAll('.jump')) {
    b.addEventListener('click', () => {
      $('bar').reset();
      setTimeout(() => {
        if (b.dataset.rule) rule = b.dataset.rule;
        if (b.dataset.family) $('f-family').value = b.dataset.family;
        toList();
      }, 0);
    });
  }

  // The map: light what a node is joined to, and filter by it.
  const map = document.querySelector('.map') || document.createElement('div'); // none where the register alone was checked
  const links = [...map.querySelectorAll('.link')], nodes = new Map([...map.querySelectorAll('.node')].map((n) => [n.dataset.n, n]));
  const light = (id) => {
    map.classList.toggle('lit', !!id);
    for (const n of nodes.values()) n.classList.remove('on');
    for (const l of links) {
      const on = !!id && (l.dataset.a === id || l.dataset.b === id);
      l.classList.toggle('on', on);
      if (on) for (const end of [l.dataset.a, l.dataset.b]) nodes.get(end).classList.add('on');
    }
    if (id) nodes.get(id).classList.add('on');
  };
  const by = [(g, k) => g.map === k || k.endsWith('*') && String(g.map).startsWith(k.slice(0, -1)), (g, k) => g.c === k, (g, k) => g.ti === k, (g, k) => g.p === k];
  for (const [id, n] of nodes) {
    const choose = () => {
      if (!n.dataset.key) return;
      const column = Number(id[0]), key = n.dataset.key;
      fromMap = { label: n.querySelector('title').textContent, fits: (g) => by[column](g, key) };
      rule = '';
      toList();
    };
    n.addEventListener('mouseenter', () => light(id));
    n.addEventListener('mouseleave', () => light(''));
    n.addEventListener('focusin', () => light(id));
    n.addEventListener('focusout', () => light(''));
    n.addEventListener('click', choose);
    n.addEventListener('keydown', (e) => { if (e.key === 'Enter' || e.key === ' ') { e.preventDefault(); choose(); } });
  }

  $('theme').addEventListener('click', () => {
    const root = document.documentElement, dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
    root.dataset.theme = dark ? 'light' : 'dark';
  });
  $('print').addEventListener('click', () => print());
  // On paper a short list is printed in full; a long one keeps its rows.
  addEventListener('beforeprint', () => {
    finish();
    const rows = document.querySelectorAll('.gap');
    if (rows.length <= 200) for (const d of rows) d.open = true;
    for (const g of data.gaps) if (g.row && g.row.open) full(g);
  });
  show();
})();
