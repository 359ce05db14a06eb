import js from '@eslint/js';
import svelte from 'eslint-plugin-svelte';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import svelteConfig from './svelte.config.js';

/** Rooms and files that compute only: time, chance and devices come in as arguments (also compiled without the DOM). */
const PURE = [
  'src/core/**/*.ts',
  'src/dsp/**/*.ts',
  'src/fusion/**/*.ts',
  'src/recommender/**/*.ts',
  'src/player/queue.ts',
  'src/ml/{manifest,parseManifest,session}.ts',
  'src/library/analyse.ts',
  'src/library/features/**/*.ts',
  'src/modalities/modality.ts',
  'src/modalities/*/{frame,features,estimator,simulate}.ts',
  'src/modalities/voice/{frontEnd,profile,prosody}/**/*.ts',
  'src/modalities/text/{words,lexicon,mood}/**/*.ts',
];

const IMPURE_GLOBALS = [
  'window',
  'document',
  'navigator',
  'location',
  'fetch',
  'performance',
  'crypto',
  'localStorage',
  'indexedDB',
  'caches',
  'setTimeout',
  'setInterval',
  'queueMicrotask',
  'requestAnimationFrame',
  'addEventListener',
  'Worker',
  'process',
].map((name) => ({ name, message: 'This room is pure: pass it in as an argument.' }));

const CLOCK_AND_CHANCE = [
  { object: 'Date', property: 'now', message: 'This room is pure: time comes in as an argument.' },
  { object: 'Math', property: 'random', message: 'This room is pure: chance comes in as an argument.' },
];

/** One owner each: workers are spawned by src/workers, timers belong to something that stops them. */
const OWNED = [
  { selector: "NewExpression[callee.name='Worker']", message: 'Only src/workers spawns workers.' },
  { selector: "NewExpression[callee.name='SharedWorker']", message: 'Only src/workers spawns workers.' },
];

export default tseslint.config(
  {
    ignores: [
      'dist/',
      'node_modules/',
      'public/',
      'models/',
      'kernels/',
      'training/',
      '.cache/',
      'test-results/',
      'playwright-report/',
      'evaluation/results/',
    ],
  },
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  ...tseslint.configs.recommended,
  ...svelte.configs.recommended,
  {
    files: ['**/*.{ts,js,mjs,svelte}'],
    languageOptions: {
      globals: { ...globals.browser, ...globals.node },
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname, extraFileExtensions: ['.svelte'] },
    },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/consistent-type-imports': ['error', { fixStyle: 'inline-type-imports' }],
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/only-throw-error': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_' }],
      'no-async-promise-executor': 'error',
      'no-console': 'error',
      eqeqeq: 'error',
      'prefer-const': 'error',
      'no-var': 'error',
    },
  },
  {
    files: ['src/**/*.{ts,svelte}'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'error',
      '@typescript-eslint/ban-ts-comment': 'error',
      'max-lines': ['error', { max: 300, skipBlankLines: false, skipComments: false }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 10],
      'no-restricted-syntax': ['error', ...OWNED],
    },
  },
  { files: ['src/workers/**/*.ts'], rules: { 'no-restricted-syntax': 'off' } },
  {
    files: ['src/**/*.worker.ts', 'src/worklets/**/*.ts'],
    rules: {
      'no-restricted-globals': ['error', ...['window', 'document'].map((name) => ({ name, message: 'There is none in a worker.' }))],
    },
  },
  {
    files: PURE,
    rules: {
      'no-restricted-globals': ['error', ...IMPURE_GLOBALS],
      'no-restricted-properties': ['error', ...CLOCK_AND_CHANCE],
      'no-restricted-syntax': [
        'error',
        ...OWNED,
        { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'This room is pure: time comes in as an argument.' },
      ],
    },
  },
  {
    // Indexing a typed array costs a `?? 0`, which the rule counts as a branch.
    files: ['src/dsp/**/*.ts', 'src/library/features/**/*.ts'],
    rules: { complexity: ['error', 20] },
  },
  {
    files: ['**/*.svelte', '**/*.svelte.ts'],
    // State is replaced whole here, never mutated: local maps and dates that only compute need no reactivity.
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
    languageOptions: { parserOptions: { parser: tseslint.parser, svelteConfig } },
  },
  {
    // What came from or goes to workers and storage stays plain and is replaced whole ($state.raw).
    files: ['src/stores/**/*.svelte.ts'],
    rules: { 'svelte/prefer-svelte-reactivity': 'off' },
  },
  {
    files: ['**/*.svelte'],
    rules: {
      // A component's script is one function to the rule; its 150 lines are checked by tests/architecture.test.ts.
      'max-lines-per-function': 'off',
      // Props are one destructuring, of which some may be bound: this rule knows runes, the plain one does not.
      'prefer-const': 'off',
      'svelte/prefer-const': ['error', { destructuring: 'all' }],
    },
  },
  {
    files: ['scripts/**/*.mjs', 'evaluation/**/*.{mjs,ts}', '*.config.{ts,js}'],
    rules: {
      'no-console': 'off',
      'max-lines': ['error', { max: 300 }],
      'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
      complexity: ['error', 10],
    },
  },
  { files: ['tests/**/*.ts'], rules: { '@typescript-eslint/no-non-null-assertion': 'off', 'max-lines': ['error', { max: 400 }] } },
);
