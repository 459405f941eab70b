import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import fc from 'fast-check';
import type { Test } from 'tap';
import { membersOf } from '../../../harness/declare/stack/index.ts';
import { HoldfastError } from '../../../harness/model/index.ts';
import type { Policy } from '../../../harness/model/index.ts';
import { renderConfiguration } from '../../support/render.ts';
import { arbitraryPolicy } from '../../harness/policy/fixtures/arbitrary-policy.ts';
import { imageOf } from '../fixtures/running-stack.ts';
import type { RunningStack } from '../fixtures/running-stack.ts';
import type { AcceptExpectations } from './expectations.ts';

/** A folder with the secrets of a run and one configuration for each policy that the product can express, by its number. */
export type Rendered = { readonly folder: string; readonly written: number };

/** Renders policies of every kind, each for the next of `ways`; what the product cannot express must say so. */
export const renderPolicies = async (
  t: Test,
  { stack, authority }: RunningStack,
  { policies, ways, vary = (policy: Policy) => policy }: AcceptExpectations,
): Promise<Rendered> => {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-validate-'));
  t.teardown(() => rm(folder, { recursive: true }));
  await authority.writeSecrets(join(folder, 'secrets'));
  let written = 0;
  for (const [i, policy] of fc.sample(arbitraryPolicy(membersOf(stack)), { numRuns: policies, seed: 1 }).entries()) {
    const edge = { ...stack.edge, upstream: ways[i % ways.length]! };
    let files: ReadonlyMap<string, string>;
    try {
      files = renderConfiguration(vary(policy), { ...stack, edge }, { today: '2026-01-01' });
    } catch (error) {
      t.match(error, { code: 'inexpressible' });
      t.ok(error instanceof HoldfastError);
      continue;
    }
    for (const [path, text] of files) {
      await mkdir(join(folder, String(i), dirname(path)), { recursive: true });
      await writeFile(join(folder, String(i), path), text);
    }
    written += 1;
  }
  return { folder, written };
};

/** Runs a program of an image over such a folder, without a network; what it said. */
export const runOver = async (
  { folder }: Rendered,
  image: string,
  program: string,
  options: readonly string[] = [],
): Promise<string> => {
  const volumes = [
    `${folder}:/t:ro`,
    `${folder}/secrets/edge:/etc/holdfast/secrets:ro`,
    `${folder}/secrets/edge-public:/etc/holdfast/public:ro`,
  ].flatMap((mount) => ['-v', mount]);
  const args = ['run', '--rm', '--network', 'none', ...options, ...volumes, '--entrypoint', 'sh', await imageOf(image)];
  // One stream: two would be put together by what arrives first, in the middle of a line.
  return (await execa('docker', [...args, '-c', `exec 2>&1\n${program}`])).stdout;
};

/** The product's own checker accepts each file that the compiler writes. */
export const acceptsAnyPolicy = async (t: Test, running: RunningStack, expected: AcceptExpectations): Promise<void> => {
  const rendered = await renderPolicies(t, running, expected);
  const { policies, expressible = policies, files = () => 1 } = expected;
  t.ok(rendered.written >= expressible, `${rendered.written} of ${policies} policies can be expressed`);
  for (const { image, program, accepted, options } of expected.checkers) {
    const said = await runOver(rendered, image, program, options);
    const count = said.match(new RegExp(accepted, 'gm'))?.length;
    t.equal(count, rendered.written * files(membersOf(running.stack).length), `${image}: ${said}`);
  }
};
