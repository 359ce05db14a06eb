import { AppError } from '../core/errors';

export interface UpdateCallbacks {
  /** A new version is stored and waits. `apply` starts it and reloads this page; other tabs of the app reload too. */
  onUpdateReady(apply: () => void): void;
}

/** What the registration needs of the page; tests pass their own. */
export interface PageEnvironment {
  /** Undefined in browsers and windows without service workers. */
  readonly container: ServiceWorkerContainer | undefined;
  readonly scriptUrl: URL;
  reload(): void;
}

const browserPage = (): PageEnvironment => ({
  container: 'serviceWorker' in navigator ? navigator.serviceWorker : undefined,
  scriptUrl: new URL('serviceWorker.js', document.baseURI),
  reload: () => {
    location.reload();
  },
});

/**
 * Makes the app usable offline and tells when a new version waits. Does nothing in development, where the files change
 * under the page, and where the browser has no service workers.
 */
export async function registerServiceWorker(callbacks: UpdateCallbacks, page: PageEnvironment = browserPage()): Promise<void> {
  const { container } = page;
  if (!container || import.meta.env.DEV) return;
  let isControlled = container.controller !== null;
  container.addEventListener('controllerchange', () => {
    // The first controller is the first installation; every later one is a new version taking over.
    if (isControlled) page.reload();
    isControlled = true;
  });
  const registration = await container.register(page.scriptUrl).catch((cause: unknown) => {
    throw new AppError('storage/unavailable', 'the service worker was refused', { cause });
  });
  announceUpdates(registration, container, callbacks);
}

function announceUpdates(registration: ServiceWorkerRegistration, container: ServiceWorkerContainer, callbacks: UpdateCallbacks): void {
  const announce = (worker: ServiceWorker): void => {
    callbacks.onUpdateReady(() => {
      worker.postMessage({ type: 'apply-update' });
    });
  };
  if (registration.waiting && container.controller) announce(registration.waiting);
  registration.addEventListener('updatefound', () => {
    const worker = registration.installing;
    worker?.addEventListener('statechange', () => {
      if (worker.state === 'installed' && container.controller) announce(worker);
    });
  });
}
