import { Document, parseDocument } from 'yaml';
import { HoldfastError } from '../model/index.ts';
import type { Policy, Stack } from '../model/index.ts';
import type { Compiler, Files, RenderInputs } from './compiler.ts';
import { compilers } from './registry.ts';

/**
 * The whole configuration that is mounted into a stack: `compose.yaml`, and a folder for the edge and for each service. Holds
 * no secret. Throws `bad-input` for an unknown compiler, `inexpressible` for a policy that an enforcer cannot express.
 */
export const renderConfiguration = (policy: Policy, stack: Stack, inputs: RenderInputs): Files => {
  const edge = compilerOf('edge', stack)(policy, stack);
  const mesh = compilerOf('mesh', stack)(policy, stack);
  const all = [['compose.yaml', plain(inputs.compose)] as const, ...edge, ...mesh];
  return new Map(all.toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)));
};

/** A compose file without anchors and extension fields: a patch of one service then changes that service, and the diff is short. */
const plain = (compose: string): string => {
  const source = parseDocument(compose, { merge: true });
  const value = source.toJS() as Readonly<Record<string, unknown>> | null;
  const document = new Document(
    Object.fromEntries(Object.entries(value ?? {}).filter(([key]) => !key.startsWith('x-'))),
    { aliasDuplicateObjects: false, compat: 'yaml-1.1' },
  );
  document.commentBefore = source.commentBefore;
  return document.toString({ lineWidth: 120 });
};

const compilerOf = (side: 'edge' | 'mesh', stack: Stack): Compiler => {
  const id = stack.compilers[side];
  const known = compilers[side];
  const compiler = Object.hasOwn(known, id) ? known[id] : undefined;
  if (compiler !== undefined) return compiler;
  throw new HoldfastError(
    'bad-input',
    `expected a compiler for the ${side} (${Object.keys(known).join(', ')}), found "${id}"`,
    {
      hint: `set compilers.${side}`,
      place: { file: `${stack.folder}/stack.yaml` },
    },
  );
};
