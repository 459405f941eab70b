import { fileURLToPath } from 'node:url';
import { declareRun } from '../../harness/declare/run/index.ts';
import { discoverKinds } from '../../harness/kinds/index.ts';
import { schedule } from '../../harness/schedule/index.ts';

export const kinds = await discoverKinds();

/** The sample plan with the repository's stack, policy, app and attacks, as a run has it; on a day that stays. */
export const declared = await declareRun({
  plan: fileURLToPath(new URL('sample.yaml', import.meta.url)),
  seed: '214',
  today: '2026-11-24',
});

/** What is sent, and when. Nothing in the plan changes the configuration, so none is rendered. */
export const planned = schedule({
  ...declared,
  attacks: declared.required,
  kinds,
  configured: { configuration: new Map(), configure: () => new Map() },
});
