#!/usr/bin/env node
// node evaluation/text/writeFolders.mjs <catalogue> <folder>: labelled folders for `npm run evaluate -- text` from the sets of the catalogue
// @ts-check
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

const [catalogue = '', target = ''] = process.argv.slice(2);
if (target === '') {
  console.error('Usage: node evaluation/text/writeFolders.mjs <catalogue> <folder>');
  process.exit(2);
}
const texts = join(catalogue, 'text');

/** @param {string} path @returns {string[][]} rows without the heading */
const rowsOf = (path) =>
  gunzipSync(readFileSync(join(texts, path)))
    .toString('utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => line.split('\t'));
/** @param {string} field */
const quoted = (field) => `"${field.replaceAll('"', '""')}"`;
/** @param {string} name @param {string} heading @param {string[][]} rows */
function write(name, heading, rows) {
  mkdirSync(join(target, name), { recursive: true });
  writeFileSync(join(target, name, 'manifest.csv'), `${heading}\n${rows.map((row) => row.map(quoted).join(',')).join('\n')}\n`);
  console.log(`${name}: ${rows.length} texts`);
}
/** EmoBank's 1 to 5 as -1 to 1. @param {string | undefined} rating */
const bipolar = (rating) => String((Number(rating) - 3) / 2);

const names = readFileSync(join(texts, 'goemotions/labels.txt'), 'utf8').trim().split(/\s+/);
for (const split of ['dev', 'test']) {
  const rows = rowsOf(`goemotions/${split}.tsv.gz`);
  const labelsOf = (/** @type {string} */ cell) =>
    cell
      .split(',')
      .map((number) => names[Number(number)])
      .join('|');
  write(
    `goemotions-${split}`,
    'text,label',
    rows.map(([text = '', labels = '']) => [text, labelsOf(labels)]),
  );
  write(
    `dair-${split}`,
    'text,label',
    rowsOf(`dair_emotion/${split}.tsv.gz`).map(([text = '', label = '']) => [text, label]),
  );
  write(
    `meld-${split}`,
    'text,label',
    rowsOf(`meld/${split}.tsv.gz`).map(([text = '', label = '']) => [text, label]),
  );
  const rated = rowsOf('emobank.tsv.gz').filter((row) => row[4] === split && (row[0] ?? '').trim() !== '');
  write(
    `emobank-${split}`,
    'text,valence,arousal',
    rated.map(([text = '', valence, arousal]) => [text, bipolar(valence), bipolar(arousal)]),
  );
}
