// Figures that are measured on the way: kept in build/e2e/figures.json, printed, and with BONGSU_FIGURES=strict compared with their goals.
// On a machine that does other work at the same time they say more about that work.
import assert from 'node:assert/strict';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { out } from './city.mjs';

const file = join(out, 'figures.json');

export function quantile(values, share) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)] ?? NaN;
}

export function note(name, value, goal) {
  const figures = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  figures[name] = Math.round(value * 10) / 10;
  writeFileSync(file, `${JSON.stringify(figures, null, 1)}\n`);
  console.log(`${name} ${figures[name]}${goal === undefined ? '' : ` (goal ${goal})`}`);
  assert.ok(Number.isFinite(value), `${name} was not measured`);
  if (goal !== undefined && process.env.BONGSU_FIGURES === 'strict') assert.ok(value <= goal, `${name} is ${value}, the goal is ${goal}`);
}
