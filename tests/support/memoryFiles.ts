/** A private file system in memory, as far as the app uses one: for tests without a browser. */

const notFound = (name: string) => new DOMException(`no ${name}`, 'NotFoundError');

class MemoryFile {
  readonly kind = 'file';
  content: Blob = new Blob([]);

  constructor(readonly name: string) {}

  getFile(): Promise<File> {
    return Promise.resolve(new File([this.content], this.name));
  }

  /** Nobody sees what is written before it is closed. */
  createWritable(): Promise<unknown> {
    let parts: BlobPart[] = [];
    return Promise.resolve({
      write: (part: BlobPart) => Promise.resolve(void parts.push(part instanceof Uint8Array ? part.slice() : part)),
      close: () => Promise.resolve(void (this.content = new Blob(parts))),
      abort: () => Promise.resolve(void (parts = [])),
    });
  }
}

export class MemoryFolder {
  readonly kind = 'directory';
  readonly #entries = new Map<string, MemoryFile | MemoryFolder>();

  constructor(readonly name = '') {}

  getDirectoryHandle(name: string, { create = false } = {}): Promise<MemoryFolder> {
    const there = this.#entries.get(name) ?? (create ? new MemoryFolder(name) : null);
    if (!(there instanceof MemoryFolder)) return Promise.reject(notFound(name));
    this.#entries.set(name, there);
    return Promise.resolve(there);
  }

  getFileHandle(name: string, { create = false } = {}): Promise<MemoryFile> {
    const there = this.#entries.get(name) ?? (create ? new MemoryFile(name) : null);
    if (!(there instanceof MemoryFile)) return Promise.reject(notFound(name));
    this.#entries.set(name, there);
    return Promise.resolve(there);
  }

  removeEntry(name: string): Promise<void> {
    return this.#entries.delete(name) ? Promise.resolve() : Promise.reject(notFound(name));
  }

  async *keys(): AsyncGenerator<string> {
    yield* [...this.#entries.keys()];
  }
}
