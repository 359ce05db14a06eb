import { AppError } from '../../core/errors';
import type { Track } from '../../core/music';
import { idsOfBlock, isSound, type CatalogueBlock } from './catalogueBlock';
import { unpackTexts } from './columns';
import { readSongs, type CatalogueTransaction } from './songRows';

const COLUMNS = {
  coverId: { ofBlock: ({ texts }: CatalogueBlock) => unpackTexts(texts.coverId), ofTrack: ({ coverId }: Track) => coverId },
  /** Of the granted file or folder that the song's bytes are in. */
  handle: {
    ofBlock: ({ texts }: CatalogueBlock) => unpackTexts(texts.source).map((text) => (text?.startsWith('h') ? text.slice(1) : null)),
    ofTrack: ({ source }: Track) => (source.kind === 'handle' ? source.handleId : null),
  },
} as const;

/** All that the library's songs hold in one column, each once, without unpacking the songs. */
export async function collectTexts(transaction: CatalogueTransaction<'readwrite'>, column: keyof typeof COLUMNS): Promise<Set<string>> {
  const { ofBlock, ofTrack } = COLUMNS[column];
  const found = new Set<string>();
  const changed = await transaction.objectStore('changes').getAllKeys();
  const outdated = new Set(changed);
  const blocks = transaction.objectStore('catalogue');
  for (const key of await blocks.getAllKeys()) {
    const block = await blocks.get(key);
    if (!block || !isSound(block)) throw new AppError('storage/corrupt', `block ${key} of the catalogue cannot be read`);
    const ids = idsOfBlock(block);
    ofBlock(block).forEach((text, row) => {
      const id = ids[row];
      if (text !== null && id !== undefined && !outdated.has(id)) found.add(text);
    });
  }
  for await (const songs of readSongs(transaction, changed)) {
    for (const { track } of songs) {
      const text = ofTrack(track);
      if (text !== null) found.add(text);
    }
  }
  return found;
}
