/**
 * Takes a lock that all tabs share.
 * @param wait for another tab to let go
 * @returns a function that lets go, or null when another tab has it and we do not wait
 */
export function holdLock(locks: LockManager, name: string, wait: boolean): Promise<(() => void) | null> {
  return new Promise((resolve, reject) => {
    locks
      .request(name, { ifAvailable: !wait }, (lock) => {
        if (lock) return new Promise<void>((release) => resolve(release));
        resolve(null);
        return undefined;
      })
      .catch(reject);
  });
}
