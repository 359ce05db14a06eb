#!/usr/bin/env node
// npm run fuzz [-- --count 600 --first 0]: broken files through the import, see docs/evaluation.md
import { runTypeScript } from './runTypeScript.mjs';

process.exitCode = await runTypeScript('commands/fuzz.ts', process.argv.slice(2));
