import { registerServiceWorker } from './serviceWorker/registerUpdates';

const target = document.querySelector('#app');
if (target) target.textContent = 'SyncIn';
void registerServiceWorker({ onUpdateReady: () => undefined });
