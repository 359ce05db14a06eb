import { readTextManifest } from './readTextManifest';

const LINES = [
  'What a lovely morning, the sun is out and I slept well.',
  'I miss my sister. The house is so empty without her.',
  'He did it again! I am so angry that I could scream.',
  'The exam is tomorrow and I am scared that I will fail.',
  'I bought bread and went home.',
  'Not happy with how today went, but it could be worse.',
  'Thank you so much, you made my day 😊',
  'ok',
] as const;
const TEXTS = 300;

/** Texts to be timed: the first of a labelled folder, or else short entries, each a little different from the others. */
export async function benchTexts(folder: string | null): Promise<readonly string[]> {
  if (folder === null) return Array.from({ length: TEXTS }, (_, i) => `${LINES[i % LINES.length]} (${i})`);
  const items = await readTextManifest(folder, { limit: TEXTS, labelColumn: null, groupColumn: null, byColumn: null, where: {} });
  return items.map(({ text }) => text);
}
