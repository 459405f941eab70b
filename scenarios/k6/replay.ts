/**
 * Replays the arrivals of one segment of the schedule, open-loop.
 *
 * k6 exposes no intended time in its arrival-rate executors, so the arrivals carry it: iteration i of a `shared-iterations`
 * scenario takes arrival i, sleeps until its absolute due time, and sends it (docs/decisions/0002). As long as a virtual
 * user is free the send times do not depend on the target; when none is, the lateness grows and is measured, and an
 * arrival that is later than the time-out is reported as dropped, not sent.
 *
 * Reads `settings.json` and `arrivals.txt` in the folder HOLDFAST_LOAD (see harness/execute/load/input.ts). Reports on the
 * console, one line each: `origin WALL_MS` once, before the first request, then `INDEX SENT_MS END_MS OUTCOME` per arrival
 * (times from the origin; outcome a status, `eCODE` with k6's error code, or `dropped`), then `done`.
 */
import { sleep } from 'k6';
import { SharedArray } from 'k6/data';
import exec from 'k6/execution';
import http from 'k6/http';

/** k6's console, which @types/k6 leaves to the DOM library. */
declare const console: { log(line: string): void };

type Settings = {
  readonly virtualUsers: number;
  readonly arrivals: number;
  readonly timeoutMs: number;
  readonly leadMs: number;
  readonly maxDurationMs: number;
  readonly url: string;
  readonly routes: readonly { readonly method: string; readonly path: string; readonly token: string }[];
};

const folder = __ENV['HOLDFAST_LOAD'] ?? '.';
const settings = JSON.parse(open(`${folder}/settings.json`)) as Settings;
/** One copy for all virtual users: `DUE_MS ROUTE IDENTITY` a line. */
const arrivals = new SharedArray<string>('arrivals', () => open(`${folder}/arrivals.txt`).trimEnd().split('\n'));

export const options = {
  discardResponseBodies: true,
  maxRedirects: 0,
  // Samples are aggregated per set of tags: none are needed, the console lines are the result.
  systemTags: [],
  setupTimeout: '60s',
  scenarios: {
    replay: {
      executor: 'shared-iterations',
      vus: settings.virtualUsers,
      iterations: settings.arrivals,
      maxDuration: `${settings.maxDurationMs}ms`,
      gracefulStop: '0s',
    },
  },
};

/** Milliseconds since k6 started: one monotonic clock with fractions, the same for all virtual users. */
const now = (): number => exec.instance.currentTestRunDuration;

const requests = settings.routes.map((route) => ({
  method: route.method,
  url: settings.url + route.path,
  body: route.method === 'GET' ? null : '{}',
  headers: { authorization: `Bearer ${route.token}`, 'content-type': 'application/json' },
}));

/** Runs once when every virtual user is initialised: fixes the origin, and says it while there is still time to join. */
export function setup(): { readonly origin: number } {
  // Date.now() counts whole milliseconds: at the moment it ticks it is exact.
  const before = Date.now();
  let wall = before;
  while (wall === before) wall = Date.now();
  const tick = now();
  console.log(`origin ${(wall + settings.leadMs).toFixed(3)}`);
  return { origin: tick + settings.leadMs };
}

export default function replay({ origin }: { readonly origin: number }): void {
  const index = exec.scenario.iterationInTest;
  const [due = '', route = '', identity = ''] = (arrivals[index] ?? '').split(' ');
  const request = requests[Number(route)];
  if (request === undefined) throw new Error(`expected a route for arrival ${index}, got ${route}`);
  const wait = origin + Number(due) - now();
  if (wait > 0) sleep(wait / 1000);
  else if (-wait > settings.timeoutMs) {
    console.log(`${index} - - dropped`);
    return;
  }
  const sent = now() - origin;
  const answer = http.request(request.method, request.url, request.body, {
    headers: { ...request.headers, 'x-holdfast-id': identity },
    timeout: settings.timeoutMs,
  });
  const end = now() - origin;
  console.log(
    `${index} ${sent.toFixed(3)} ${end.toFixed(3)} ${answer.status > 0 ? answer.status : `e${answer.error_code}`}`,
  );
}

export function teardown(): void {
  console.log('done');
}
