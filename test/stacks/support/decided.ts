import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Case } from '../../../harness/declare/corpus/index.ts';
import { discoverProducts, logOf } from '../../../harness/declare/discover/index.ts';
import { requestText } from '../../../harness/declare/run/index.ts';
import { hopsOf } from '../../../harness/declare/stack/index.ts';
import { runJob } from '../../../harness/execute/attack/agent/volley.ts';
import { compile } from '../../../harness/execute/attack/compile.ts';
import { recipeKey, recipesOf } from '../../../harness/execute/attack/index.ts';
import type { Result } from '../../../harness/execute/attack/job.ts';
import { discoverKinds } from '../../../harness/kinds/index.ts';
import { compare, whatAnswerSays } from '../../../harness/kinds/evidence/support/comparison.ts';
import type { EdgeEntry } from '../../../harness/kinds/evidence/support/edge-log.ts';
import type { Form, Policy, Sighting, View } from '../../../harness/model/index.ts';
import { decisionsAlong, waiversOf } from '../../../harness/policy/decide/index.ts';
import type { RunningStack } from '../fixtures/running-stack.ts';

const kinds = await discoverKinds();
const products = await discoverProducts();

/** The day on which the policies of the tests are compiled. */
const today = '2026-01-01';

/** A request that an enforcer decided otherwise than the model, in words. */
export type Difference = { readonly variant: string; readonly text: string };

/** Between two requests: no load test. */
const everyMs = 8;
/** Answers of a proxy that tried to pass a request on and could not: it had let it in. */
const failedOnward: ReadonlySet<number> = new Set([502, 503, 504]);
/** How often a request is asked again of which it is not yet known what the stack makes of it: it has only just started. */
const rounds = 8;

/** Sends requests to a running stack, and compares what its enforcers did with what the policy says. */
export const differencesOf = async (
  running: RunningStack,
  policy: Policy,
  cases: readonly Case[],
): Promise<readonly Difference[]> => {
  let open = cases.map((one) => formOf(running, policy, one));
  let undecided: readonly Difference[] = [];
  const found: Difference[] = [];
  for (let round = 0; round < rounds && open.length > 0; round++) {
    if (round > 0) await sleep(1000);
    const judged = await ask(running, policy, open, round);
    found.push(...judged.flatMap(({ difference, sure }) => (difference !== null && sure ? [difference] : [])));
    const again = judged.filter(({ difference, sure }) => difference !== null && !sure);
    open = again.map(({ form }) => form);
    undecided = again.flatMap(({ difference }) => difference ?? []);
  }
  return [...found, ...undecided];
};

const formOf = ({ stack }: RunningStack, policy: Policy, { variant, vantage, send }: Case): Form => ({
  variant,
  target: send.to,
  vantage,
  send,
  twin: { kind: 'traffic', route: 'none' },
  evidence: 'decision',
  decisions: decisionsAlong(policy, stack, send),
});

type Judgement = { readonly form: Form; readonly difference: Difference | null; readonly sure: boolean };

const ask = async (
  running: RunningStack,
  policy: Policy,
  forms: readonly Form[],
  round: number,
): Promise<readonly Judgement[]> => {
  const { stack, authority } = running;
  const attacks = [{ id: 'P1', required: 0, forms }];
  const recipes = recipesOf(attacks, kinds);
  const jobs = compile(
    stack,
    {
      segment: { twins: [], attempts: forms.map((_, i) => [i * everyMs, 0, i, 1] as const) },
      attacks,
      origin: process.hrtime.bigint() + 100_000_000n,
      credentials: {
        tokens: new Map(recipes.tokens.map((recipe) => [recipeKey(recipe), authority.token(recipe)])),
        certificates: new Map(recipes.certificates.map((one) => [recipeKey(one), authority.certificate(one)])),
        ca: authority.meshCa + authority.publicCa,
      },
      requestIds: (_, seq) => `round-${round}-${seq}`,
      firstSeq: 0,
    },
    'parity-',
  );
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-test-'));
  try {
    const members = await Promise.all(
      stack.services.map(async ({ id, sidecar }) => [id, await running.address(sidecar, 'mesh')] as const),
    );
    const addresses = { edge: await running.address(stack.edge.service, 'public'), ...Object.fromEntries(members) };
    const results = await Promise.all(
      Object.entries(jobs).map(async ([name, job]) => {
        await runJob(job, addresses, join(folder, name));
        return (await readFile(join(folder, name), 'utf8')).split('\n').slice(0, -1);
      }),
    );
    const outcomes = new Map(
      results
        .flat()
        .map((line) => JSON.parse(line) as Result)
        .map((r) => [r[1], r]),
    );
    const seen = await witnesses(running, round);
    const entries = await edgeLog(running, policy, round);
    // As much of a view as a comparison asks for.
    const view = {
      run: { stack: { hops: hopsOf(stack) }, policy },
      seen: (kind: string) => (kind === 'edge-log' ? entries : []),
    } as unknown as View;
    return forms.map((form, seq) => judge(view, form, outcomes.get(seq)!, seen.get(seq) ?? []));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};

const witnesses = async (running: RunningStack, round: number): Promise<ReadonlyMap<number, Sighting[]>> => {
  const seen = new Map<number, Sighting[]>();
  for (const { id: service } of running.stack.services) {
    for (const { id, m: method, p: path } of await running.journal(service)) {
      const [, own, seq] = /^round-(\d+)-(\d+)$/.exec(id ?? '') ?? [];
      if (own !== String(round)) continue;
      const record: Sighting = {
        of: 'attack',
        seq: Number(seq),
        service,
        atMs: 0,
        method,
        path,
        peer: null,
      };
      seen.set(Number(seq), [...(seen.get(Number(seq)) ?? []), record]);
    }
  }
  return seen;
};

/** What the edge logged of a round, as its product has it read. */
const edgeLog = async (running: RunningStack, policy: Policy, round: number): Promise<readonly EdgeEntry[]> => {
  const log = logOf(products, running.stack);
  const rules = new Set(policy.rules.map(({ id }) => id));
  return (await running.edgeLog()).flatMap((entry): EdgeEntry[] => {
    const line = log.read(entry, rules);
    const [, own, seq] = /^round-(\d+)-(\d+)$/.exec(line?.id ?? '') ?? [];
    if (line === null || own !== String(round)) return [];
    const { status, reason, did } = line;
    return [{ of: 'attack', seq: Number(seq), atMs: 0, status, reason, did }];
  });
};

const judge = (
  view: View,
  form: Form,
  [, seq, , , status, error, connection]: Result,
  entries: readonly Sighting[],
): Judgement => {
  const recorded = {
    variant: form.variant,
    target: form.target,
    vantage: form.vantage,
    evidence: 'decision',
    route: null,
    request: '',
    decisions: form.decisions ?? [],
  };
  const { outcome, decisions, at } = compare(view, recorded, seq, entries);
  const attempt = {
    type: 'attempt',
    seq,
    attack: 'P1',
    form: 0,
    dueMs: 0,
    sentMs: 0,
    endMs: 0,
    connection,
    proved: false,
    status,
    error,
  } as const;
  const says = at.length === 0 ? 'ended' : whatAnswerSays(view, recorded, attempt, entries);
  // What was to be refused and was seen nowhere is refused once anybody answered, or ended the connection.
  const answered = status === null ? error !== 'timeout' && error !== 'ECONNREFUSED' : !failedOnward.has(status);
  const explained = at.some((one) => waiversOf(view.run.policy, one, today).length > 0);
  const agrees =
    explained ||
    outcome === 'as-decided' ||
    (outcome === 'undecided' && says === 'ended' && (answered || entries.length > 0));
  const text = [
    requestText(form, kinds),
    ...decisions.map(({ at: where, policy, by, did }) => `  ${where}: policy ${policy} (${by.join(', ')}), did ${did}`),
    `  the sender got ${status ?? error}`,
  ].join('\n');
  return {
    form,
    difference: agrees ? null : { variant: form.variant, text },
    sure: outcome === 'admitted',
  };
};
