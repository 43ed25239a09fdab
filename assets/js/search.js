// The search page. The index and its tokens are explained in bulletin/render/web/search; its files are scripts, so that a page opened from a folder can load them too.
(() => {
  "use strict";
  const AT_ONCE = 8, PATIENCE = 30000; // files being loaded, ms for each
  const SHOWN = 10; // results at a time
  const MOST_TOKENS = 8; // that are looked up; longer phrases are checked in the texts anyway
  const ROOT = "../";
  const FILTERS = { year: "年份", kind: "栏目", unit: "单位" };
  const [form, filters, status, list, more] = ["search", "filters", "status", "results", "more"].map((id) => document.getElementById(id));
  const title = document.title;

  // Loading

  const delivered = new WeakMap(), loads = new Map(), waiting = [];
  let loading = 0;
  window.deliver = (...content) => delivered.set(document.currentScript, content);

  /** What the script delivers; it is loaded once, and again after it failed. */
  function load(path) {
    if (!loads.has(path)) {
      loads.set(path, new Promise((resolve, reject) => waiting.push({ path, resolve, reject })));
      loads.get(path).catch(() => loads.delete(path));
      loadNext();
    }
    return loads.get(path);
  }

  function loadNext() {
    if (loading === AT_ONCE || !waiting.length) return;
    const { path, resolve, reject } = waiting.shift(), script = document.createElement("script");
    const end = () => {
      if (!script.isConnected) return;
      clearTimeout(timer);
      script.remove();
      loading -= 1;
      loadNext();
      delivered.has(script) ? resolve(delivered.get(script)) : reject(new Error(path));
    };
    const timer = setTimeout(end, PATIENCE);
    loading += 1;
    script.onload = script.onerror = end;
    script.src = ROOT + path;
    document.head.append(script);
  }

  // Units, terms, tokens

  const KINDS = {
    white: /[\t-\r \u2028\u2029]/,
    han: /[\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u{20000}-\u{3ffff}]/u,
    number: /[0-9]/,
    word: /[\p{L}\p{Nd}]/u,
    mark: /^/,
  };

  /** The units of the text with their places; what parts them is an empty one. */
  function unitsOf(text) {
    const units = [];
    let start = 0, white = false;
    for (const character of text) {
      const end = start + character.length;
      for (const part of character.normalize("NFKC").toLowerCase()) {
        const kind = Object.keys(KINDS).find((name) => KINDS[name].test(part)), last = units.at(-1);
        const goesOn = last?.kind === kind && kind !== "han";
        if (kind === "white") white = true;
        else if (goesOn && (kind === "mark" || !white)) Object.assign(last, { end, unit: kind === "mark" ? "" : last.unit + part });
        else {
          if (goesOn) units.push({ kind: "mark", unit: "", start, end: start });
          units.push({ kind, unit: kind === "mark" ? "" : part, start, end });
        }
        white = kind === "white";
      }
      start = end;
    }
    return units;
  }

  /** The terms of a query, parted by blanks or in quotes: rows of units, found where they stand side by side. */
  function termsOf(query) {
    const found = query.matchAll(/(?:^|\s)(?:["“”＂「『]([^"“”＂」』]+)["“”＂」』](?!\S)|(\S+))/g);
    return [...found].map(([, quoted, bare]) => {
      const units = unitsOf(quoted || bare).map(({ unit }) => unit);
      const used = units.flatMap((unit, place) => (unit ? [place] : []));
      return units.slice(used[0], used.at(-1) + 1);
    }).filter((term) => term.some(Boolean));
  }

  /** The tokens that lead to a term: its pairs, and units that stand by themselves. */
  const tokensOf = (term) => term.map((unit, place) => (term[place + 1] ? unit && unit + term[place + 1] : term[place - 1] ? "" : unit)).filter(Boolean);

  /** Start and end of each find of the term. */
  const findsOf = (term, units) => units
    .map((first, at) => (term.every((unit, place) => units[at + place]?.unit === unit) ? [first.start, units[at + term.length - 1].end] : null))
    .filter(Boolean);

  // The index

  const hash = (token) => [...token].reduce((found, character) => Math.imul(found ^ character.codePointAt(0), 0x01000193) >>> 0, 0x811c9dc5);

  /** The postings of a token in a volume: all articles, and those that have it in their titles. */
  async function postingsOf(token, volume) {
    const [tokens, postings] = await load(`${volume.folder}/${(hash(token) % volume.shards).toString(16)}.js`);
    return (postings.split(" ")[tokens.split(" ").indexOf(token)] || "").split(".");
  }

  /** Adds one to each article of the postings. */
  function count(postings, hits) {
    const bits = postings[0] === "*";
    let article = bits ? 0 : -1, gap = 0, shift = 0;
    for (const character of postings.slice(bits ? 1 : 0)) {
      const digit = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_".indexOf(character);
      if (bits) {
        for (let bit = 0; bit < 6; bit += 1) hits[article++] += (digit >> bit) & 1;
        continue;
      }
      gap |= (digit & 31) << shift;
      shift += 5;
      if (digit < 32) {
        hits[article += gap + 1] += 1;
        gap = shift = 0;
      }
    }
  }

  /** The articles of a volume, oldest first. */
  async function articlesOf(volume) {
    const [{ issues, sections, section, units, unit }] = await load(`${volume.folder}/articles.js`);
    const paths = issues.flatMap(([path, numbers]) => numbers.map((number) => `${path}/${String(number).padStart(2, "0")}`));
    return paths.map((path, place) => {
      const [kind, kindName] = sections[section[place]];
      return { path, year: path.slice(0, 4), kind, kindName, unit: units[unit[place]] };
    });
  }

  /** The articles of a volume that have all the tokens, newest first. */
  async function candidatesIn(volume, tokens) {
    const [articles, ...postings] = await Promise.all([articlesOf(volume), ...tokens.map((token) => postingsOf(token, volume))]);
    const hits = new Uint8Array(articles.length), titles = hits.slice();
    for (const [all, titled = ""] of postings) {
      count(all, hits);
      count(titled, titles);
    }
    return articles.map((article, place) => ({ ...article, titled: titles[place] === tokens.length })).filter((_, place) => hits[place] === tokens.length).reverse();
  }

  /** The article's text with the places of all terms; nothing if one is not in it after all. */
  async function check(article, terms) {
    const [content] = await load(`${article.path}/text.js`).catch(() => [null]);
    if (!content) return { article };
    const [titles, passages] = [content.titles, content.passages].map((texts) => texts.map((text) => {
      const units = unitsOf(text);
      return { text, finds: terms.map((term) => findsOf(term, units)) };
    }));
    const isThere = terms.every((_, number) => [...titles, ...passages].some(({ finds }) => finds[number].length));
    return isThere && { article, about: content.about, titles, passages };
  }

  // Results

  function element(name, className, ...content) {
    const made = document.createElement(name);
    if (className) made.className = className;
    made.append(...content);
    return made;
  }

  /** The text, or a part of it, with what was found marked. */
  function marked({ text, finds }, start = 0, end = text.length) {
    const parts = [];
    for (const [from, to] of finds.flat().sort(([one], [other]) => one - other)) {
      if (to <= start || to > end) continue;
      parts.push(text.slice(start, Math.max(start, from)), element("mark", "", text.slice(Math.max(start, from), to)));
      start = to;
    }
    return [...parts, text.slice(start, end)];
  }

  function excerpt(passage) {
    const { text, finds } = passage, [first, last] = finds.flat().sort(([one], [other]) => one - other)[0] || [0, 0];
    const whole = (place) => (/[\udc00-\udfff]/.test(text[place]) ? place - 1 : place);
    const start = first < 40 ? 0 : whole(first - 30), end = Math.min(text.length, whole(Math.max(start + 100, last + 30)));
    return element("p", "excerpt", start ? "…" : "", ...marked(passage, start, end), end < text.length ? "…" : "");
  }

  function shown({ article, about, titles, passages }) {
    const link = element("a", "");
    link.href = `${ROOT}${article.path}/index.html`;
    const heading = element("h2", "", link);
    if (!about) {
      link.append(article.path);
      return element("li", "", heading, element("p", "about", "这一篇的文字没有打开，没有核对。"));
    }
    const held = ({ finds }) => finds.filter((each) => each.length).length;
    const best = passages.filter(held).sort((one, other) => held(other) - held(one)).slice(0, 2);
    const [find] = best.flatMap(({ text, finds }) => finds.flat().map((places) => text.slice(...places)));
    if (find) link.hash = `:~:text=${encodeURIComponent(find).replaceAll("-", "%2D")}`; // browsers that can show the place
    link.append(...marked(titles[0]));
    const quoted = best.length ? best : passages.filter(({ text }) => text.length > 40).slice(0, 1);
    return element("li", "", heading, ...titles.slice(1).map((each) => element("p", "subtitle", ...marked(each))), element("p", "about", about.join("　")), ...quoted.map(excerpt));
  }

  // The page

  const RETRY = "请检查网络，再点一次“检索”；还不行，就重新打开本页。";
  const ADVICE = "请看看有没有错字，少写几个字，或者用空格把词分开；选了年份、栏目、单位的，可以改回“全部”。";
  let turns = 0, searched = "", showMore = null;

  const wanted = () => Object.fromEntries(["q", ...Object.keys(FILTERS)].map((name) => [name, new URLSearchParams(location.search).get(name) || ""]));

  /** Those of the promises that were kept. */
  const kept = async (promises) => (await Promise.allSettled(promises)).flatMap(({ value }) => (value ? [value] : []));

  function fillFilters(articles) {
    const byName = new Intl.Collator("zh-CN").compare, state = wanted();
    filters.replaceChildren(...Object.entries(FILTERS).map(([name, label]) => {
      const names = new Map(articles.map((article) => [article[name], { year: `${article.year}年`, kind: article.kindName, unit: article.unit }[name]]));
      if (state[name]) names.set(state[name], names.get(state[name]) || state[name]);
      names.delete("");
      const options = [...names].sort(([, one], [, other]) => (name === "year" ? byName(other, one) : byName(one, other)));
      const select = element("select", "", new Option("全部", ""), ...options.map(([value, text]) => new Option(text, value)));
      Object.assign(select, { name, value: state[name], onchange: go });
      return element("label", "", label, select);
    }));
  }

  function show(message, results = []) {
    status.textContent = message;
    list.replaceChildren(...results);
    more.hidden = true;
  }

  /** Searches for what the address of the page says. */
  async function search() {
    const turn = (turns += 1), state = wanted(), terms = termsOf(state.q), goal = history.state || SHOWN;
    searched = location.search;
    form.elements.q.value = state.q;
    filters.querySelectorAll("select").forEach((select) => (select.value = state[select.name]));
    document.title = state.q ? `“${state.q}”——${title}` : title;
    if (!terms.length) return show(state.q.trim() ? "标点符号不能查找，请输入字词或数字。" : "请输入要找的字词。");
    show("正在查找……");
    const tokens = [...new Set(terms.flatMap(tokensOf))].filter((_, place, all) => place % Math.ceil(all.length / MOST_TOKENS) === 0);
    const volumes = await load("search/volumes.js").then(([all]) => all, () => null);
    if (turn !== turns) return;
    if (!volumes) return show(`检索用的文件没有打开。${RETRY}`);
    const parts = await Promise.all(volumes
      .filter(({ years }) => !state.year || years.includes(Number(state.year)))
      .map((volume) => candidatesIn(volume, tokens).catch(() => volume)));
    if (turn !== turns) return;
    const found = parts.filter(Array.isArray).flat().filter((article) => Object.keys(FILTERS).every((name) => !state[name] || article[name] === state[name]));
    const candidates = [...found.filter(({ titled }) => titled), ...found.filter(({ titled }) => !titled)];
    const missing = parts.filter(({ years }) => years).map(({ years }) => `${years[0]}—${years.at(-1)}年`);
    const warning = missing.length ? `${missing.join("、")}的检索数据没有打开，结果不全。${RETRY}` : "";
    const exact = terms.every((term) => tokensOf(term).length === 1);
    const ready = [];
    let at = 0, dropped = 0, size = SHOWN;
    showMore = async () => {
      while (ready.length < SHOWN && at < candidates.length) {
        const checked = await Promise.all(candidates.slice(at, at + size).map((article) => check(article, terms)));
        if (turn !== turns) return;
        const right = checked.filter(Boolean);
        ready.push(...right);
        at += checked.length;
        dropped += checked.length - right.length;
        if (right.length < size / 2) size = Math.min(2 * size, 8 * SHOWN);
      }
      const results = ready.splice(0, SHOWN).map(shown), total = candidates.length - dropped;
      list.append(...results);
      more.hidden = !ready.length && at >= candidates.length;
      const listed = `${exact || at >= candidates.length ? "共" : "约"} ${total} 篇，已列出 ${list.childElementCount} 篇：题目里有的在前，其余从新到旧。`;
      status.textContent = `“${state.q}”：${total ? listed : `没有找到。${ADVICE}`}${warning}`;
      return results[0];
    };
    do await showMore(); while (turn === turns && !more.hidden && list.childElementCount < goal);
  }

  function go(event) {
    event.preventDefault();
    const fields = [form.elements.q, ...filters.querySelectorAll("select")].map(({ name, value }) => [name, value.trim()]).filter(([, value]) => value);
    const address = `?${new URLSearchParams(fields)}`;
    if (address !== location.search) history.pushState(null, "", address);
    search();
  }

  form.onsubmit = go;
  more.onclick = async () => {
    const first = await showMore();
    history.replaceState(list.childElementCount, "");
    (first?.querySelector("a") || form.elements.q).focus();
  };
  window.onpopstate = () => location.search === searched || search();
  search();
  load("search/volumes.js").then(([volumes]) => kept(volumes.map(articlesOf))).then((parts) => fillFilters(parts.flat()), () => {});
})();
