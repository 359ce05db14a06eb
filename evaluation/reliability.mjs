#!/usr/bin/env node
// npm run reliability -- --name … --on … --json FILE: see docs/evaluation.md
import { runTypeScript } from './runTypeScript.mjs';

process.exitCode = await runTypeScript('commands/reliability.ts', process.argv.slice(2));
