type Row = Readonly<Record<string, unknown>>;

declare global {
  /** Rows of the app's stores; stores that are missing are left out, and no database is made. */
  function readStores(names: readonly string[]): Promise<Readonly<Record<string, readonly Row[] | undefined>>>;
}

/** Init script of a page: gives it `readStores`, which looks at the library as a crash would leave it. */
export function provideReadStores(): void {
  const settled = <T>(request: IDBRequest<T>): Promise<T> =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(new Error('the database cannot be read', { cause: request.error }));
    });
  globalThis.readStores = async (names) => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'syncin')) return {};
    const db = await settled(indexedDB.open('syncin'));
    const known = names.filter((name) => db.objectStoreNames.contains(name));
    const rows = await Promise.all(known.map((name) => settled<Row[]>(db.transaction(name).objectStore(name).getAll())));
    db.close();
    return Object.fromEntries(known.map((name, i) => [name, rows[i]]));
  };
}
