#!/usr/bin/env node
// npm run bench [-- library --data <folder>]: see docs/evaluation.md
import { runTypeScript } from './runTypeScript.mjs';

process.exitCode = await runTypeScript('commands/bench.ts', process.argv.slice(2));
