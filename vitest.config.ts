import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    projects: [{ test: { name: 'node', environment: 'node', include: ['tests/unit/**/*.test.ts', 'tests/*.test.ts'] } }],
  },
});
