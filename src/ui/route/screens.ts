import type { Component } from 'svelte';
import type { IconName } from '../parts/icons';
import Now from '../views/Now.svelte';
import type { Route, ScreenName } from './route';

/** Main entries of the rail and the bottom bar, in order, with their second key after G. */
export const ENTRIES: readonly { readonly name: Exclude<ScreenName, 'settings'>; readonly icon: IconName; readonly key: string }[] = [
  { name: 'now', icon: 'now', key: 'G N' },
  { name: 'library', icon: 'library', key: 'G L' },
  { name: 'playlists', icon: 'playlists', key: 'G P' },
  { name: 'journal', icon: 'journal', key: 'G J' },
  { name: 'lab', icon: 'lab', key: 'G B' },
];

/** Now is in the first load; the others come when they are first opened. */
export const LOADERS: Readonly<Record<Route['name'], () => Promise<{ readonly default: Component }>>> = {
  now: () => Promise.resolve({ default: Now }),
  library: () => import('../views/Library.svelte'),
  song: () => import('../views/Song.svelte'),
  playlists: () => import('../views/Playlists.svelte'),
  journal: () => import('../views/Journal.svelte'),
  lab: () => import('../views/Lab.svelte'),
  settings: () => import('../views/Settings.svelte'),
};
