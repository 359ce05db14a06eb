import { createContext } from 'svelte';
import type { AppStores } from './contracts';

/** The stores, set once by `ui/App.svelte` and read by every component below it. */
export const [getStores, setStores] = createContext<AppStores>();
