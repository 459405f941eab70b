import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { markersOf } from '../../harness/execute/attack/index.ts';
import { requestId } from '../../harness/execute/identity/index.ts';
import type { RequestKind } from '../../harness/execute/identity/index.ts';

/** A run of which the tests write the raw files: its id, its key, and a clock that starts at round figures. */
export const run = 'r20261124-055000-ab12';
export const key = Buffer.alloc(32, 7);
export const clock = { wallOriginMs: 1_764_000_000_000, monotonicOriginNs: 5_000_000_000_000n };
export const context = { run, key, clock, markersOf };

export const id = (kind: RequestKind, seq: number): string => requestId(run, key, kind, seq);

/** The monotonic reading of a time, ms from the run's origin, as journals hold it. */
export const ns = (ms: number): bigint => clock.monotonicOriginNs + BigInt(Math.round(ms * 1e6));

/** An entry of a workload's journal (fixtures/apps/shop/workload/journal.ts), a sound one but for what differs. */
export const entry = (atMs: number, identity: string | null, more: object = {}): string =>
  JSON.stringify({
    t: String(ns(atMs)),
    id: identity,
    m: 'GET',
    p: '/catalogue',
    x: 'By=spiffe://shop.holdfast.test/storefront;Hash=ab12;URI=spiffe://shop.holdfast.test/edge',
    h: {},
    ...more,
  });

/** A line of an edge's access log, in the common form. */
export const edgeLine = (atMs: number, identity: string | null, more: object = {}): string =>
  JSON.stringify({
    at: ((clock.wallOriginMs + atMs) / 1000).toFixed(6),
    id: identity,
    method: 'GET',
    path: '/catalogue',
    status: 200,
    flags: null,
    reason: 'via_upstream',
    ...more,
  });

/** Writes lines as a file that ends as `tail` says; by default as a writer that was not interrupted leaves it. */
export const write = (folder: string, name: string, lines: readonly string[], tail = '\n'): string => {
  const file = join(folder, name);
  writeFileSync(file, lines.length === 0 ? '' : `${lines.join('\n')}${tail}`);
  return file;
};
