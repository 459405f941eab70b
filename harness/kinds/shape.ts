import { z } from 'zod';
import { featureIds } from '../model/index.ts';

/** What a folder must export, by sort: the functions that stages call, and what they read. Whatever a kind has beyond it is its own. */
const text = z.string().min(1);
const call = z.custom<unknown>((value) => typeof value === 'function', 'expected a function');
const form = z.custom<unknown>((value) => value instanceof z.ZodType, 'expected a schema of zod');

const sender = z.looseObject({
  id: text,
  transports: z.array(text).min(1),
  recipe: form,
  credentials: call,
  isRequest: call,
  isEncrypted: call,
  text: call,
});

const action = z
  .looseObject({
    id: text,
    op: form,
    data: form.optional(),
    options: form.optional(),
    plan: call.optional(),
    canaries: call.optional(),
    disturbs: call,
    features: z.array(z.enum(featureIds)).optional(),
    holds: call.optional(),
    places: call.optional(),
    credentials: call.optional(),
    text: call,
    whyNothing: call.optional(),
    example: call.optional(),
    notes: call.optional(),
  })
  .refine(({ plan, options }) => (plan === undefined) === (options === undefined), {
    path: ['options'],
    message: 'expected "plan" and "options", or neither',
  });

const observer = z.looseObject({
  id: text,
  record: form,
  losses: z.record(z.string(), z.enum(['all', 'own', 'none'])),
  saw: call.optional(),
});

const evidence = z.looseObject({
  id: text,
  judge: call,
  together: call.optional(),
  clusters: call.optional(),
  beyond: call.optional(),
  saw: call.optional(),
  live: z.looseObject({
    witness: z.boolean(),
    marked: z.literal(true).optional(),
    result: z.enum(['status', 'proof']).nullable(),
  }),
  comparedWith: z.enum(['policy', 'first']).optional(),
  example: call,
});

const check = z.looseObject({
  id: text,
  tally: call,
  whyNothing: call,
  incidents: call,
  example: call,
  links: call.optional(),
});

const shapes = { senders: sender, actions: action, observers: observer, evidence, checks: check } as const;

/** What is wrong with what a kind exports, in words: where, and what was expected there; null where nothing is. */
export const faultOfKind = (sort: keyof typeof shapes, kind: unknown): string | null => {
  const read = shapes[sort].safeParse(kind);
  if (read.success) return null;
  const [issue] = read.error.issues;
  const found = issue?.path.reduce<unknown>((at, part) => (at as Record<PropertyKey, unknown>)[part], kind);
  const where = issue?.path.join('.') || 'it';
  return `${found === undefined ? 'none' : `another one (${typeof found})`} at "${where}": ${issue?.message ?? 'not valid'}`;
};
