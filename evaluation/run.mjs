#!/usr/bin/env node
// npm run evaluate -- <face|music> --data <folder>: see docs/evaluation.md
import { runTypeScript } from './runTypeScript.mjs';

process.exitCode = await runTypeScript('commands/evaluate.ts', process.argv.slice(2));
