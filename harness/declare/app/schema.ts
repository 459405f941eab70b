import { z } from 'zod';
import { routeSchema } from '../plan/schema.ts';

const name = z.string().regex(/^[a-z][a-z0-9-]*$/, 'expected lower-case letters, digits and dashes');
/** A segment of a path, as a subject must be. */
const user = z.string().regex(/^[A-Za-z0-9_-]{2,}$/, 'expected two letters, digits or dashes, or more');
const prefix = z
  .string()
  .regex(/^\/$|^(\/[A-Za-z0-9._~-]+)+$/, 'expected a path such as /a/b, which stands for everything below it as well');

const reserved = ['edge', 'edge-public', 'control-plane'];

/** The form of an `app.yaml`. */
export const appSchema = z.strictObject({
  id: name,
  services: z
    .array(
      z.strictObject({
        id: name.refine(
          (id) => !reserved.includes(id),
          `expected an id other than ${reserved.join(', ')}, which are taken`,
        ),
        answers: z.array(prefix).default([]),
        calls: z.array(name).default([]),
      }),
    )
    .min(1),
  routes: z.array(routeSchema).min(1),
  users: z.strictObject({ attacker: user, victim: user }),
});
