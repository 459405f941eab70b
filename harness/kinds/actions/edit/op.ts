import { parse } from 'yaml';
import { z } from 'zod';
import { HoldfastError, configurationPath } from '../../../model/index.ts';
import type { Action, DeepReadonly, Stack } from '../../../model/index.ts';
import { notes } from './judge.ts';

const step = z.union([
  z.strictObject({ service: z.string().min(1), exec: z.array(z.string()).min(1) }),
  z.strictObject({ service: z.string().min(1), restart: z.literal(true) }),
]);

const options = z.strictObject({ files: z.record(configurationPath, z.string()), steps: z.array(step).min(1) });

/** Mounted files are written, where it is the first step of several, and then a program is run in a container, or that restarted. */
const op = z.object({
  service: z.string(),
  /** Name of the set of files that is put in place first; null: none. */
  configuration: z.string().nullable(),
  exec: z.array(z.string()).nullable(),
});
export type Edit = z.infer<typeof op>;

/** What the history says of one. */
const data = z.object({
  service: z.string(),
  files: z.array(z.string()),
  /** Null for a restart. */
  command: z.array(z.string()).nullable(),
  /** What was done, in the words of older histories, which have nothing else. */
  what: z.string().optional(),
});
export type EditData = DeepReadonly<z.infer<typeof data>>;

const expectService = ({ id, compose }: Stack, service: string): void => {
  const { services = {} } = parse(compose, { merge: true }) as {
    readonly services?: Readonly<Record<string, unknown>>;
  };
  if (Object.hasOwn(services, service)) return;
  throw new HoldfastError('bad-input', `expected a compose service of the stack ${id} to edit, found "${service}"`, {
    hint: `one of: ${Object.keys(services).join(', ')}`,
  });
};

/** What is changed on a running stack, as somebody in a hurry would: files of its configuration, and the steps that make them count. */
export const action: Action<Edit, z.infer<typeof options>> = {
  id: 'edit',
  op,
  data,
  options,
  // When the phase is over: what it held is what is there before.
  plan: ({ stack, label }, { endMs }, { files, steps }) => {
    for (const { service } of steps) expectService(stack, service);
    const edited = Object.keys(files).length > 0 ? `edit/${label}` : null;
    return {
      operations: steps.map((one, i) => ({
        startMs: endMs,
        endMs,
        op: {
          service: one.service,
          configuration: i === 0 ? edited : null,
          exec: 'exec' in one ? one.exec : null,
        },
      })),
      configurations: edited === null ? {} : { [edited]: files },
    };
  },
  // Whoever changes a running stack by hand answers for what that does to its users.
  disturbs: () => null,
  places: ({ service }) => [service],
  notes,
  text: ({ service, configuration, exec }) =>
    `${configuration === null ? '' : 'files are changed, '}${exec === null ? `${service} is restarted` : exec.join(' ')}`,
};
