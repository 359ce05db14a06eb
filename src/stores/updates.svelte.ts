import type { UpdatesContract } from './contracts';

/** Chromium's offer to install, which no DOM type knows. */
interface InstallOffer extends Event {
  prompt(): Promise<unknown>;
}

interface Needs {
  /** Music plays or a sensor is live: not the moment to reload. */
  readonly isBusy: () => boolean;
  /** `window`: the browser tells it about the network and about installing. */
  readonly page: EventTarget;
  readonly isOnline: () => boolean;
}

/** New versions, installing, and whether there is a network. */
export class UpdatesStore implements UpdatesContract {
  #apply = $state.raw<(() => void) | null>(null);
  #offer = $state.raw<InstallOffer | null>(null);
  #isOffline = $state(false);
  readonly isReady = $derived(this.#apply !== null);
  readonly canInstall = $derived(this.#offer !== null);

  constructor(private readonly needs: Needs) {
    const { page } = needs;
    const readNetwork = () => {
      this.#isOffline = !needs.isOnline();
    };
    readNetwork();
    page.addEventListener('online', readNetwork);
    page.addEventListener('offline', readNetwork);
    page.addEventListener('beforeinstallprompt', (event) => {
      // The app offers it in its own words, at its own time.
      event.preventDefault();
      this.#offer = event as InstallOffer;
    });
    page.addEventListener('appinstalled', () => {
      this.#offer = null;
    });
  }

  get isOffline(): boolean {
    return this.#isOffline;
  }

  /** The service worker has a new version; `apply` reloads the page. */
  offer(apply: () => void): void {
    this.#apply = apply;
  }

  #isWanted = false;

  apply(): void {
    this.#isWanted = true;
    this.rest();
  }

  /** Music or sensing stopped: put in place what the user asked for meanwhile. */
  rest(): void {
    if (this.#isWanted && !this.needs.isBusy()) this.#apply?.();
  }

  /** The browser takes an offer only once. */
  async install(): Promise<void> {
    const offer = this.#offer;
    this.#offer = null;
    await offer?.prompt();
  }
}
