// Reads and interprets one page as pdf.js (and so Firefox) does: `node pdfjs_page.mjs PDFJS_DIST FILE PAGE`.
// Prints the page's label, its text, and the characters of all glyphs that its list of drawing operators shows.

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [dist, file, number] = process.argv.slice(2);

// The module names these while it loads; nothing is drawn here.
class Undrawn {}
Object.assign(globalThis, { DOMMatrix: Undrawn, ImageData: Undrawn, Path2D: Undrawn });
const warn = console.warn;
console.warn = () => {};
const pdfjs = await import(pathToFileURL(join(dist, "legacy", "build/pdf.mjs")).href);
console.warn = warn;

const content = await pdfjs.getDocument({ data: new Uint8Array(await readFile(file)), verbosity: 0 }).promise;
const page = await content.getPage(Number(number));
const { items } = await page.getTextContent({ disableNormalization: true });
const { fnArray, argsArray } = await page.getOperatorList();
const glyphs = argsArray.filter((_, at) => fnArray[at] === pdfjs.OPS.showText).flatMap(([shown]) => shown);
console.log(
  JSON.stringify({
    label: (await content.getPageLabels())[number - 1],
    text: items.map(({ str }) => str).join(""),
    shown: glyphs.map((glyph) => glyph?.unicode ?? "").join(""),
  }),
);
await content.destroy();
