// @ts-check
import { metaContentSecurityPolicy } from '../headers.mjs';

/**
 * Writes the content security policy into the built index.html, for static hosts that send no headers. Only in builds:
 * Vite's dev client needs style elements, which the policy forbids.
 * @returns {import('vite').Plugin}
 */
export function metaPolicy() {
  return {
    name: 'syncin:meta-policy',
    apply: 'build',
    transformIndexHtml: () => [
      {
        tag: 'meta',
        attrs: { 'http-equiv': 'Content-Security-Policy', content: metaContentSecurityPolicy },
        injectTo: 'head-prepend',
      },
    ],
  };
}
