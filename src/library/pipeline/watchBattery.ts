/** What the pipeline reads of the Battery Status API, which the DOM types leave out. */
export interface Battery extends EventTarget {
  readonly charging: boolean;
  /** 0 empty .. 1 full. */
  readonly level: number;
}

/** Below this share a laptop that is not plugged in should last rather than hurry. */
const LOW = 0.3;

const isLow = ({ charging, level }: Battery): boolean => !charging && level < LOW;

/** The device's battery where the browser shows it, else null. */
export async function findBattery(): Promise<Battery | null> {
  const { getBattery } = navigator as { getBattery?: () => Promise<Battery> };
  try {
    return (await getBattery?.call(navigator)) ?? null;
  } catch (error) {
    // Pages that may not ask are told so by a NotAllowedError: that is an answer too.
    if (error instanceof DOMException) return null;
    throw error;
  }
}

/**
 * Tells at once and then at every change whether the battery is low: less than 30 % and not charging.
 * @returns a function that ends it
 */
export function watchBattery(battery: Battery | null, onChange: (isLow: boolean) => void): () => void {
  if (!battery) return () => undefined;
  const ending = new AbortController();
  let last: boolean | null = null;
  const tell = () => {
    if (isLow(battery) === last) return;
    last = isLow(battery);
    onChange(last);
  };
  for (const event of ['chargingchange', 'levelchange']) battery.addEventListener(event, tell, { signal: ending.signal });
  tell();
  return () => ending.abort();
}
