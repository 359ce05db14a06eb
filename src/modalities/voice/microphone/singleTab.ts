import { AppError } from '../../../core/errors';

const LOCK = 'syncin-microphone';
/** Resolves when this tab's own last claim was given back: switching off and on again is no quarrel. */
let ours: Promise<void> = Promise.resolve();

type Release = () => Promise<void>;

function lock(): Promise<Release> {
  // Without locks (an insecure page) there is nobody to agree with.
  if (!('locks' in navigator)) return Promise.resolve(() => Promise.resolve());
  return new Promise((resolve, reject) => {
    const hold = (granted: Lock | null) => {
      if (!granted) throw new AppError('sensor/other-tab', 'another tab listens');
      return new Promise<void>((end) => {
        // The lock is free only when the request itself is done.
        resolve(() => (end(), held));
      });
    };
    const held: Promise<void> = navigator.locks.request(LOCK, { ifAvailable: true }, hold).then(() => undefined);
    held.catch(reject);
  });
}

/**
 * One tab of this app listens at a time: two would both weigh in on the same person, and do the work twice.
 * @returns gives the microphone back
 * @throws AppError 'sensor/other-tab'
 */
export async function claimMicrophone(): Promise<Release> {
  const before = ours;
  let leave = (): void => undefined;
  ours = new Promise((resolve) => (leave = resolve));
  await before;
  try {
    const release = await lock();
    return async () => {
      await release();
      leave();
    };
  } catch (error) {
    leave();
    throw error;
  }
}
