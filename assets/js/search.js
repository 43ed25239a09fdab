/* The search page. bulletin/render/web/search says what units, tokens and postings are. All comes as scripts: a page opened from a folder can load nothing else. */
(() => {
"use strict";
const AT_ONCE = 8, PATIENCE = 30000; // files being loaded, milliseconds
const SHOWN = 10; // results at a time
const MOST_TOKENS = 8; // that are looked up; then the texts are read anyway
const DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const RETRY = "请检查网络，再点一次“搜索”；还不行，就重新打开本页。";
const ADVICE = "没有找到。请看看有没有错字，少写几个字，或者用空格把词分开；选了年份、栏目、单位的，可以改回“全部”。";
const [form, filters, status, list, more] = ["search", "filters", "status", "results", "more"].map((id) => document.getElementById(id));
const box = form.elements.q, selects = [...filters.querySelectorAll("select")], title = document.title;
const flat = (lists) => [].concat(...lists);

// Loading

const delivered = new WeakMap(), loads = new Map(), lanes = Array(AT_ONCE).fill(Promise.resolve());
window.deliver = (content) => delivered.set(document.currentScript, content);

/** What a script delivers; it is loaded once, and again if it failed. */
function load(path, get = run) {
  if (!loads.has(path)) {
    const lane = loads.size % AT_ONCE;
    loads.set(path, lanes[lane].then(() => get(path)));
    lanes[lane] = loads.get(path).catch(() => loads.delete(path));
  }
  return loads.get(path);
}

const run = (path) => new Promise((resolve, reject) => {
  const script = document.createElement("script");
  script.onload = script.onerror = () => {
    clearTimeout(timer);
    script.remove();
    delivered.has(script) ? resolve(delivered.get(script)) : reject(path);
  };
  const timer = setTimeout(script.onerror, PATIENCE);
  script.src = `../${path}`;
  document.head.append(script);
});

/** A file of a volume, by its digest, which it bears. One of before or after an update is asked for again, past what browsers keep. */
const loadPart = (name, part, digest) => load(`search/${name}/${part}.js?d=${digest}`, async (path) => {
  for (const address of [path, `${path}&again`]) {
    const content = await run(address);
    if (content[0] === digest) return content;
  }
  throw path;
});

// Text to units, queries to terms and tokens

const KINDS = {
  white: /[\t-\r \u2028\u2029]/,
  han: /[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u,
  number: /[0-9]/,
  word: /[\p{L}\p{Nd}]/u,
  mark: /^/,
};

/** The units of a text and their places; what parts them is a unit of no characters. */
function unitsOf(text) {
  const units = [];
  let start = 0, white = false;
  for (const character of text) {
    const end = start + character.length;
    for (const part of character.normalize("NFKC").toLowerCase()) {
      const kind = Object.keys(KINDS).find((name) => KINDS[name].test(part)), last = units[units.length - 1];
      const unit = kind === "mark" ? "" : part, alike = last && last.kind === kind && kind !== "han";
      if (alike && (!white || !unit)) Object.assign(last, { end, unit: last.unit + unit });
      else if (kind !== "white") {
        if (alike) units.push({ kind: "mark", unit: "", start, end: start });
        units.push({ kind, unit, start, end });
      }
      white = kind === "white";
    }
    start = end;
  }
  return units;
}

/** The terms of a query, parted by blanks or in quotes: rows of units that must stand side by side. */
function termsOf(query) {
  const parts = query.match(/(^|\s)(["“”＂「『][^"“”＂」』]+["“”＂」』](?!\S)|\S+)/g) || [];
  const rows = parts.map((part) => unitsOf(part).map(({ unit }) => unit));
  for (const row of rows) {
    while (row[0] === "") row.shift();
    while (row[row.length - 1] === "") row.pop();
  }
  return rows.filter((row) => row.length);
}

/** The tokens that lead to a term: pairs, and units that stand by themselves. */
const tokensOf = (term) => term
  .map((unit, place) => (term[place + 1] ? unit && unit + term[place + 1] : term[place - 1] ? "" : unit))
  .filter(Boolean);

/** Start and end of each find of a term. */
const findsOf = (term, units) => units.slice(term.length - 1)
  .map(({ end }, at) => term.every((unit, place) => units[at + place].unit === unit) && [units[at].start, end])
  .filter(Boolean);

// The index

const hash = (token) => [...token].reduce((found, each) => Math.imul(found ^ each.codePointAt(0), 0x01000193) >>> 0, 0x811c9dc5);

/** The postings of a token in a volume: its articles, and those that have it in their titles. */
async function postingsOf(token, { name, shards }) {
  const digests = shards.split(" "), shard = hash(token) % digests.length;
  const [, tokens, postings] = await loadPart(name, shard.toString(16), digests[shard]);
  return (postings.split(" ")[tokens.split(" ").indexOf(token)] || "").split(".");
}

/** Adds one to each article of the postings. */
function count(postings, hits) {
  const inBits = postings[0] === "*";
  let article = -1, gap = 0, shift = 0;
  for (const character of postings.slice(inBits)) {
    const digit = DIGITS.indexOf(character);
    if (inBits) for (let bit = 0; bit < 6; bit += 1) hits[(article += 1)] += (digit >> bit) & 1;
    else {
      gap |= (digit & 31) << shift;
      shift += 5;
      if (digit > 31) continue;
      hits[(article += gap + 1)] += 1;
      gap = shift = 0;
    }
  }
}

/** The articles of a volume, the newest issue first: where they are, and what the filters ask for. */
async function articlesOf({ name, table }) {
  const [, { issues, kinds, kind, units, unit }] = await loadPart(name, "articles", table);
  let place = -1;
  return flat(issues.map(([path, numbers]) => numbers.map((number) => {
    place += 1;
    return { place, path: `${path}/${String(number).padStart(2, "0")}`, year: path.slice(0, 4), kind: kinds[kind[place]], unit: units[unit[place]] };
  })).reverse());
}

/** Those of them that have all the tokens. */
async function candidatesIn(volume, tokens) {
  const [articles, ...postings] = await Promise.all([articlesOf(volume), ...tokens.map((token) => postingsOf(token, volume))]);
  const hits = new Uint8Array(articles.length), titles = hits.slice();
  for (const [all, titled = ""] of postings) {
    count(all, hits);
    count(titled, titles);
  }
  for (const article of articles) article.titled = titles[article.place] === tokens.length;
  return articles.filter(({ place }) => hits[place] === tokens.length);
}

/** The text of an article with the places of all terms; null if one is not in it after all. */
async function check({ path }, terms) {
  const text = await load(`${path}/text.js`).catch(() => null);
  if (!text) return { path };
  const [titles, passages] = [text.titles, text.passages].map((texts) => texts.map((each) => {
    const units = unitsOf(each);
    return { text: each, finds: terms.map((term) => findsOf(term, units)) };
  }));
  const isThere = (_, number) => [...titles, ...passages].some(({ finds }) => finds[number].length);
  return terms.every(isThere) ? { ...text, path, titles, passages } : null;
}

// Results

function element(name, className, ...content) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...content);
  return made;
}

const inOrder = (finds) => flat(finds).sort(([one], [other]) => one - other);

/** The text, or a part of it, with what was found marked. */
function marked({ text, finds }, start = 0, end = text.length) {
  const parts = [];
  for (const [from, to] of inOrder(finds)) {
    const begin = Math.max(start, from), stop = Math.min(to, end);
    if (begin >= stop) continue;
    parts.push(text.slice(start, begin), element("mark", "", text.slice(begin, stop)));
    start = stop;
  }
  return [...parts, text.slice(start, end)];
}

/** The part of a passage about its first find: from one punctuation mark to another, if there are any near, with …… where it is cut, and no comma before that. */
function excerpt(passage) {
  const { text, finds } = passage, [first, last] = inOrder(finds)[0] || [0, 0], most = Math.max(first + 90, last + 40);
  const whole = (place) => (/[\udc00-\udfff]/.test(text[place]) ? place - 1 : place);
  const marks = (from, to) => [...text.slice(from, to).matchAll(/[，、；：。！？][”’）》]*/g)].map((mark) => from + mark.index + mark[0].length);
  const start = first < 40 ? 0 : marks(first - 40, first)[0] || whole(first - 30);
  const stop = text.length < most + 10 ? text.length : marks(last, most).pop() || whole(most);
  const isCut = stop < text.length, end = stop - (isCut && /[，、；：]/.test(text[stop - 1]));
  return element("p", "summary", start ? "……" : "", ...marked(passage, start, end), isCut ? "……" : "");
}

/** An entry as in other lists, with the passages that hold most of the terms, or the beginning of the text. */
function shown({ path, section, issue, byline, titles, passages }) {
  const link = element("a"), entry = element("li", "entry");
  link.href = `../${path}/index.html`;
  if (!titles) {
    link.append(`${path}（文字没有打开，没能核对）`);
    entry.append(element("h2", "", link));
    return entry;
  }
  const held = ({ finds }) => finds.filter((each) => each.length).length;
  const best = passages.filter(held).sort((one, other) => held(other) - held(one)).slice(0, 2);
  const [find] = best.map(({ text, finds }) => text.slice(...inOrder(finds)[0]));
  if (find) link.hash = `:~:text=${encodeURIComponent(find).replace(/-/g, "%2D")}`; // to the very place, in browsers that can
  link.append(...marked(titles[0]));
  entry.append(element("p", "kicker", section, " ", element("span", "", issue)), element("h2", "", link));
  entry.append(...titles.slice(1).map((each) => element("p", "under", ...marked(each))), element("p", "by", byline));
  entry.append(...(find ? best : passages.filter(({ text }) => text.length > 40).slice(0, 1)).map(excerpt));
  return entry;
}

// The page

let turns = 0, searched = "", showMore = null;

const wanted = (name) => new URLSearchParams(location.search).get(name) || "";

/** Puts what the address says into the form; a filter may name what is not there. */
function setForm() {
  box.value = wanted("q");
  for (const select of selects) {
    select.value = wanted(select.name);
    if (select.selectedIndex < 0) select.add(new Option(wanted(select.name), undefined, true, true));
  }
}

function fillFilters(articles) {
  for (const select of selects) {
    const values = [...new Set(articles.map((article) => article[select.name]))].sort(new Intl.Collator("zh-CN").compare);
    if (select.name === "year") values.reverse();
    select.length = 1;
    for (const value of values) if (value) select.add(new Option(value));
  }
  filters.hidden = false;
  setForm();
}

function say(message) {
  status.textContent = message;
  list.textContent = "";
  more.hidden = true;
}

/** Searches for what the address says; a later search ends an earlier one. */
async function search() {
  const turn = (turns += 1), query = wanted("q"), terms = termsOf(query), year = wanted("year"), goal = history.state || SHOWN;
  searched = location.search;
  setForm();
  document.title = query ? `“${query}”——${title}` : title;
  if (!terms.length) return say(query && "标点符号不能查找，请输入字词或数字。");
  say("正在查找……");
  const rows = terms.map(tokensOf), all = [...new Set(flat(rows))];
  const tokens = all.filter((_, place) => place % Math.ceil(all.length / MOST_TOKENS) === 0), missing = [];
  const find = (volume) => candidatesIn(volume, tokens).catch(() => missing.push(`${volume.name}年`) && []);
  const volumes = await load("search/volumes.js").catch(() => null);
  const parts = await Promise.all((volumes || []).filter(({ years }) => !year || years.includes(Number(year))).map(find));
  if (turn !== turns) return;
  if (!volumes) return say(`搜索用的文件没有打开。${RETRY}`);
  const found = flat(parts).filter((article) => selects.every(({ name }) => !wanted(name) || article[name] === wanted(name)));
  const candidates = [...found.filter(({ titled }) => titled), ...found.filter(({ titled }) => !titled)];
  const exact = rows.every((row) => row.length === 1), ready = [];
  const told = () => `“${query}”：${exact || at === candidates.length ? "共" : "约"} ${candidates.length - at + ready.length + list.childElementCount} 篇`;
  let at = 0, size = SHOWN;
  showMore = async () => {
    const first = list.childElementCount;
    for (;;) {
      list.append(...ready.splice(0, first + SHOWN - list.childElementCount).map(shown));
      if (list.childElementCount === first + SHOWN || at === candidates.length) break;
      status.textContent = `${told()}，正在核对……`;
      const checked = await Promise.all(candidates.slice(at, at + size).map((article) => check(article, terms)));
      if (turn !== turns) return;
      const right = checked.filter(Boolean);
      ready.push(...right);
      at += checked.length;
      if (right.length < size / 2) size = Math.min(2 * size, 8 * SHOWN);
    }
    more.hidden = !ready.length && at === candidates.length;
    const listed = list.childElementCount, gaps = missing.length ? `${missing.join("、")}的搜索数据没有打开，结果不全。${RETRY}` : "";
    const order = `${more.hidden ? "" : `，已列出 ${listed} 篇`}${listed > 1 ? "，题目里有的在前，其余从新到旧" : ""}。`;
    status.textContent = (listed ? told() + order : `“${query}”：${ADVICE}`) + gaps;
    return list.children[first];
  };
  do await showMore(); while (turn === turns && !more.hidden && list.childElementCount < goal);
}

form.onsubmit = filters.onchange = (event) => {
  event.preventDefault();
  const said = [...new FormData(form)].map(([name, value]) => [name, value.trim()]).filter(([, value]) => value);
  const address = `?${new URLSearchParams(said)}`;
  if (address !== location.search) history.pushState(null, "", address);
  search();
};
more.onclick = async () => {
  more.disabled = true;
  const first = await showMore();
  more.disabled = false;
  history.replaceState(list.childElementCount, "");
  (first ? first.querySelector("a") : box).focus();
};
window.onpopstate = () => location.search === searched || search();
search();
load("search/volumes.js").then((volumes) => Promise.all(volumes.map((volume) => articlesOf(volume).catch(() => []))))
  .then((parts) => fillFilters(flat(parts)), () => {});
})();
