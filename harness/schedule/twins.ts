import { canonical } from '../model/index.ts';
import type { Form, PhaseSlot, Send, TwinStream } from '../model/index.ts';
import type { Random } from './random.ts';
import type { Interval } from './time.ts';
import { tenth } from './time.ts';

/** An attempt is judged by twins close to it: they must be closer together than a fault is long. */
const periodMs = 200;

/** A form with its places, and the stretches in which its twin would fail. */
export type TwinForm = {
  readonly attack: number;
  readonly index: number;
  readonly form: Form;
  readonly blocked: readonly Interval[];
};

type Stream = {
  readonly send: Send;
  readonly vantage: Form['vantage'];
  readonly forms: (readonly [number, number])[];
  readonly blocked: readonly Interval[];
};

/** The streams of twins that the harness sends itself: one for all forms that share request and vantage. */
export const twinStreams = (
  forms: readonly TwinForm[],
  phases: readonly PhaseSlot[],
  random: Random,
): readonly TwinStream[] => {
  const streams = new Map<string, Stream>();
  for (const { attack, index, form, blocked } of forms) {
    if (form.twin.kind !== 'request') continue;
    const { send } = form.twin;
    const key = canonical([form.vantage, send]);
    const stream = streams.get(key) ?? { send, vantage: form.vantage, forms: [], blocked };
    stream.forms.push([attack, index]);
    streams.set(key, stream);
  }
  const endMs = phases.at(-1)!.endMs;
  return [...streams.values()].map(({ send, vantage, forms, blocked }) => {
    const offset = random() * periodMs;
    const atMs = Array.from({ length: Math.ceil((endMs - offset) / periodMs) }, (_, k) =>
      tenth(offset + k * periodMs),
    ).filter((at) => at < endMs && !blocked.some(([start, end]) => at >= start && at <= end));
    return { send, vantage, atMs, forms };
  });
};
