import { mount } from 'svelte';
import { codeOf } from './core/errors';
import { registerServiceWorker } from './serviceWorker/registerUpdates';
import { createStores } from './stores/createStores';
import { NoticesStore } from './stores/notices.svelte';
import { openDatabase } from './storage/db';
import App from './ui/App.svelte';

const notices = new NoticesStore();
const tell = (error: unknown) => {
  notices.problem(codeOf(error));
};
// An interrupted load or a closed picker is nobody's error.
const isAbort = (error: unknown) => error instanceof Error && error.name === 'AbortError';
addEventListener('error', ({ error }) => {
  if (error !== null && error !== undefined) tell(error);
});
addEventListener('unhandledrejection', ({ reason }) => {
  if (!isAbort(reason)) tell(reason);
});

/** Without a database the app works, and forgets everything at the end. */
const db = await openDatabase({ onBlocked: tell, onClosed: tell, blockedMs: 4000 }).catch((error: unknown) => {
  tell(error);
  return null;
});
const { stores, start } = createStores({ db, notices });

const target = document.querySelector('#app');
if (target) mount(App, { target, props: { stores } });
await start();
await registerServiceWorker({ onUpdateReady: (apply) => stores.updates.offer(apply) });

if (import.meta.env.MODE === 'test') Object.assign(globalThis, { __syncin: stores });
