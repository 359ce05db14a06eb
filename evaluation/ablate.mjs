#!/usr/bin/env node
// npm run ablate -- --data <folder>: see docs/evaluation.md
import { runTypeScript } from './runTypeScript.mjs';

process.exitCode = await runTypeScript('commands/ablate.ts', process.argv.slice(2));
