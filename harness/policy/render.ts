import { Document, parseDocument } from 'yaml';
import { HoldfastError } from '../model/index.ts';
import type { Policy, Stack } from '../model/index.ts';
import type { Compiler, Files, RenderInputs } from './compiler.ts';

/**
 * The whole configuration that is mounted into a stack: `compose.yaml`, what the compilers make of the policy for the edge and the
 * mesh, and the stack's own files. Holds no secret. Throws `bad-input` for an unknown compiler and for a file that two
 * make, `inexpressible` for a policy that an enforcer cannot express.
 */
export const renderConfiguration = (policy: Policy, stack: Stack, { today, compilers }: RenderInputs): Files => {
  const inForce = { ...policy, waivers: policy.waivers.filter(({ expires }) => expires >= today) };
  const all = [
    ['compose.yaml', plain(stack)] as const,
    ...compile('edge', compilers.edge, inForce, stack),
    ...compile('mesh', compilers.mesh, inForce, stack),
    ...stack.configuration,
  ].toSorted(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));
  const twice = all.find(([path], i) => path === all[i + 1]?.[0]);
  if (twice !== undefined)
    throw new HoldfastError('bad-input', `expected one source of ${twice[0]}, found two`, {
      hint: 'of compilers and the configuration of the stack, let one make it; an overlay changes what a compiler made',
      place: { file: `${stack.folder}/stack.yaml` },
    });
  return new Map(all);
};

/** What `plain` made of a stack: many policies are rendered for one. */
const composed = new WeakMap<Stack, string>();

/** A compose file without anchors and extension fields: a patch of one service then changes that service, and the diff is short. */
const plain = (stack: Stack): string => {
  const known = composed.get(stack);
  if (known !== undefined) return known;
  const source = parseDocument(stack.compose, { merge: true });
  const value = source.toJS() as Readonly<Record<string, unknown>> | null;
  const document = new Document(
    Object.fromEntries(Object.entries(value ?? {}).filter(([key]) => !key.startsWith('x-'))),
    { aliasDuplicateObjects: false, compat: 'yaml-1.1' },
  );
  document.commentBefore = source.commentBefore;
  const text = document.toString({ lineWidth: 120 });
  composed.set(stack, text);
  return text;
};

const compile = (
  side: 'edge' | 'mesh',
  known: Readonly<Record<string, Compiler>>,
  policy: Policy,
  stack: Stack,
): Files => {
  const id = stack.compilers[side];
  if (id === null) return new Map();
  const compiler = Object.hasOwn(known, id) ? known[id] : undefined;
  if (compiler !== undefined) return compiler(policy, stack);
  throw new HoldfastError(
    'bad-input',
    `expected a compiler for the ${side} (${Object.keys(known).join(', ')}), found "${id}"`,
    { hint: `set the compiler of the ${side}`, place: { file: `${stack.folder}/stack.yaml` } },
  );
};
