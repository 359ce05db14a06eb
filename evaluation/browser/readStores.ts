type Row = Readonly<Record<string, unknown>>;

declare global {
  /** Rows of the app's stores; stores that are missing are left out, and no database is made. */
  function readStores(names: readonly string[]): Promise<Readonly<Record<string, readonly Row[] | undefined>>>;
  /** How many rows these stores hold together: cheap enough to ask while the app works. */
  function countStores(names: readonly string[]): Promise<number>;
}

/** Init script of a page: gives it `readStores`, which looks at the library as a crash would leave it. */
export function provideReadStores(): void {
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('the database cannot be read', { cause: request.error }));
    });
  const inStores = async <T>(
    names: readonly string[],
    ask: (store: IDBObjectStore) => IDBRequest<T>,
  ): Promise<(readonly [string, T])[]> => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'syncin')) return [];
    const db = await settled(indexedDB.open('syncin'));
    const known = names.filter((name) => db.objectStoreNames.contains(name));
    const answers = await Promise.all(
      known.map(async (name) => [name, await settled(ask(db.transaction(name).objectStore(name)))] as const),
    );
    db.close();
    return answers;
  };
  globalThis.readStores = async (names) => Object.fromEntries(await inStores(names, (store): IDBRequest<Row[]> => store.getAll()));
  globalThis.countStores = async (names) => (await inStores(names, (store) => store.count())).reduce((sum, [, count]) => sum + count, 0);
}
