import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Advice, Stack } from '../../model/index.ts';
import { hopsOf } from '../stack/index.ts';

/** The advice in an attack's folder, by product: `remediation/<product>.md`, one paragraph each. Effects: reads files. */
export const readAdvice = (folder: string): ReadonlyMap<string, string> => {
  const room = join(folder, 'remediation');
  const files = existsSync(room) ? readdirSync(room).filter((name) => name.endsWith('.md')) : [];
  return new Map(
    files
      .toSorted()
      .map((name) => [basename(name, '.md'), readFileSync(join(room, name), 'utf8').trim().replaceAll(/\s+/g, ' ')]),
  );
};

/** Whose place each side of a stack is: where an attack meets it, its products are the ones that must refuse. Pure. */
export const placesOfSides = (stack: Stack): Readonly<Record<'edge' | 'mesh', readonly string[]>> => {
  const hops = hopsOf(stack);
  // Of a hop its caller must refuse. An edge with a sidecar speaks in clear with that alone.
  const ofEdge = (from: string): boolean => from === 'edge' && stack.edge.upstream !== 'sidecar';
  const named = (edge: boolean): readonly string[] =>
    hops.filter(({ from }) => ofEdge(from) === edge).map(({ from, to }) => `${from}→${to}`);
  return {
    edge: ['edge', ...named(true)],
    mesh: [
      ...(stack.controlPlane === null ? [] : ['control-plane']),
      ...stack.services.map(({ id }) => id),
      ...named(false),
    ],
  };
};

/** Of the advice on an attack what concerns the products of a stack, with the places at which it does. Pure. */
export const adviceFor = (advice: ReadonlyMap<string, string>, stack: Stack): readonly Advice[] => {
  const places = placesOfSides(stack);
  return (['edge', 'mesh'] as const).flatMap((side) => {
    const texts = stack.products[side].flatMap((product) => advice.get(product) ?? []);
    return texts.length === 0 ? [] : [{ at: places[side], text: texts.join(' ') }];
  });
};
