import { mount } from 'svelte';
import App from '../../src/ui/App.svelte';
import { createFakeStores, VARIANTS } from './fakeStores.svelte';

/** For looking only: `npx vite`, then /tests/support/gallery.html?variant=playing&theme=dark#/now */
const query = new URLSearchParams(location.search);
const variant = VARIANTS.find((name) => name === query.get('variant')) ?? 'playing';
const theme = (['dark', 'light'] as const).find((name) => name === query.get('theme')) ?? 'system';
const target = document.getElementById('app');
if (target) mount(App, { target, props: { stores: createFakeStores(variant, { theme }).stores } });
