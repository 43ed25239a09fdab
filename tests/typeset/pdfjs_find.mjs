// Searches a PDF as the viewer of pdf.js (and so Firefox) does: `node pdfjs_find.mjs PDFJS_DIST FILE QUERY…`.
// Prints, for each query, how many matches the viewer's own find controller counts, and what each marks in the page's
// text as it would be copied: the text items one after another, with "\n" where pdf.js ends a line.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [dist, file, ...queries] = process.argv.slice(2);
const load = (path) => import(pathToFileURL(join(dist, "legacy", path)).href);

// The modules name these while they load; nothing is drawn here.
class Undrawn {}
Object.assign(globalThis, { DOMMatrix: Undrawn, ImageData: Undrawn, Path2D: Undrawn });
const element = { style: {} };
globalThis.document = { createElement: () => element, documentElement: element };
globalThis.window = { requestAnimationFrame: setImmediate };
const warn = console.warn;
console.warn = () => {};
globalThis.pdfjsLib = await load("build/pdf.mjs");
const { EventBus, PDFFindController } = await load("web/pdf_viewer.mjs");
console.warn = warn;

const content = await pdfjsLib.getDocument({ data: new Uint8Array(await readFile(file)), verbosity: 0 }).promise;
const pages = [];
for (let number = 1; number <= content.numPages; number++) {
  const page = await content.getPage(number);
  pages.push((await page.getTextContent({ disableNormalization: true })).items);
}

// The controller counts offsets without the ends of lines.
function marked(items, from, length) {
  let offset = 0;
  let text = "";
  for (const { str, hasEOL } of items) {
    text += str.slice(Math.max(0, from - offset), Math.max(0, from + length - offset));
    offset += str.length;
    if (hasEOL && from < offset && offset < from + length) text += "\n";
  }
  return text;
}

const eventBus = new EventBus();
const linkService = { pagesCount: content.numPages, page: 1 };
const controller = new PDFFindController({ linkService, eventBus, updateMatchesCountOnProgress: false });
controller.setDocument(content);

function find(query) {
  return new Promise((resolve) => {
    const options = { caseSensitive: true, entireWord: false, matchDiacritics: true, highlightAll: true };
    eventBus.on("updatefindmatchescount", ({ matchesCount }) => resolve(matchesCount.total), { once: true });
    eventBus.dispatch("find", { source: null, type: "", query, findPrevious: false, ...options });
  });
}

const found = {};
for (const query of queries) {
  const count = await find(query);
  const texts = controller.pageMatches.flatMap((starts, page) =>
    starts.map((start, place) => marked(pages[page], start, controller.pageMatchesLength[page][place])),
  );
  found[query] = { count, texts };
}
console.log(JSON.stringify(found));
await content.destroy();
